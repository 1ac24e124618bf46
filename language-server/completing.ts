import { dirname } from "node:path";
import type {
  ClientCapabilities,
  CompletionParams,
  Connection,
  SignatureHelpParams,
} from "vscode-languageserver";
import type { Document } from "../daemon/config/document.ts";
import { offsetAt } from "../daemon/config/lines.ts";
import { say } from "../daemon/config/say.ts";
import { ofTypedText } from "./current.ts";
import { completionsAt, resolveCompletion } from "./features/completion.ts";
import { type Found, foundItems } from "./features/completion-disk.ts";
import type { Surroundings } from "./features/completion-values.ts";
import { placeAt } from "./features/place.ts";
import { programsOf } from "./features/programs.ts";
import { signatureAt } from "./features/signature.ts";
import { type Wish, type Wished, wishAt } from "./features/wishes.ts";
import { pathOfUri } from "./files.ts";
import type { Words } from "./l10n/words.ts";
import type { InitializationOptions } from "./requests.ts";
import type { Workspace } from "./workspace.ts";

/** Gives what the disk has for a wish, as far as it may be looked at. */
export type Grant = (wish: Wish) => Promise<readonly Found[]>;

/** What a client can do with items. */
export type Taker = Pick<Surroundings, "snippets" | "again" | "words">;

export function takerOf(
  { textDocument }: ClientCapabilities,
  options: Partial<InitializationOptions> | undefined,
  words: Words,
): Taker {
  const command = options?.suggestCommand;
  return {
    snippets: textDocument?.completion?.completionItem?.snippetSupport ?? false,
    again: command === undefined ? null : { title: words.say(say`Offer values`), command },
    words,
  };
}

/** Answers what could be typed next: from the document at once, from the disk where that has something to offer. */
export function answerCompletion(
  connection: Connection,
  workspace: Workspace,
  taker: Taker,
  grant: Grant,
): void {
  const complete = async (params: CompletionParams, document: Document) => {
    const { position, context } = params;
    const { uri } = params.textDocument;
    const offset = offsetAt(document.lines, position);
    const trigger = context?.triggerCharacter;
    const variables = Object.keys(process.env)
      .filter((name) => !EDITOR_VARIABLE.test(name))
      .sort();
    const programs = () => programsOf(documentsWith(workspace, uri, document));
    const items = DISK_TRIGGERS.has(trigger)
      ? []
      : completionsAt(document, offset, { ...taker, programs, variables });
    const wished = wishedOnDisk(document, offset, () => namesIn(workspace, uri), trigger);
    if (wished === null) return items;
    return [...items, ...foundItems(document, wished, await grant(wished.wish), taker.again)];
  };
  const help = ({ position }: SignatureHelpParams, document: Document) =>
    signatureAt(document, offsetAt(document.lines, position), taker.words);
  connection.onCompletion(ofTypedText(workspace, [], complete));
  connection.onSignatureHelp(ofTypedText(workspace, null, help));
  connection.onCompletionResolve((item) => resolveCompletion(item, taker.words));
}

/** What the editor sets for its own processes; programs do not get it. */
const EDITOR_VARIABLE = /^(?:VSCODE|ELECTRON)_/;

/** Signs after which only the disk has something new to offer. */
const DISK_TRIGGERS: ReadonlySet<string | undefined> = new Set([" ", "/"]);

/** The files of the configuration that a document is part of, as far as they are known without a wait. */
function documentsWith(workspace: Workspace, uri: string, document: Document): Iterable<Document> {
  if (workspace.isBeingRead(uri)) return [document];
  return workspace.judge(uri)?.reading.documents.values() ?? [];
}

/** What paths may name; it takes the whole configuration to know its folder. */
function namesIn(workspace: Workspace, uri: string): ReadonlyMap<string, string> {
  const root = workspace.judge(uri)?.reading.documents.keys().next().value ?? pathOfUri(uri);
  const names = new Map([["here", dirname(root)]]);
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined) names.set(`ENV_${name}`, value);
  return names;
}

function wishedOnDisk(
  document: Document,
  offset: number,
  names: () => ReadonlyMap<string, string>,
  trigger: string | undefined,
): Wished | null {
  const wished = wishAt(document, placeAt(document, offset), offset, names);
  if (wished === null || (trigger === " " && !TASKS.has(wished.wish.kind))) return null;
  return trigger === "/" && wished.wish.kind !== "files" ? null : wished;
}

const TASKS: ReadonlySet<string> = new Set(["scripts", "targets"]);
