import {
  type ClientCapabilities,
  type CodeLensParams,
  CodeLensRefreshRequest,
  type Connection,
  type HoverParams,
  type InlayHintParams,
  type ServerCapabilities,
} from "vscode-languageserver";
import { offsetAt } from "../daemon/config/lines.ts";
import { asked } from "./asked.ts";
import { ofReading, ofText } from "./current.ts";
import { codeLensesOf } from "./features/code-lens.ts";
import { effectiveOf } from "./features/effective.ts";
import { hoverAt } from "./features/hover.ts";
import { inlayHintsOf } from "./features/inlay-hints.ts";
import type { Words } from "./l10n/words.ts";
import type { LiveStates } from "./live-states.ts";
import type { Workspace } from "./workspace.ts";

/** What an editor may ask for to show between the lines. */
export const AT_A_GLANCE: ServerCapabilities = { codeLensProvider: {}, inlayHintProvider: true };

/** Answers what an editor shows between the lines; for a document that is closed or too long with nothing. */
export class Glance {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  readonly #live: LiveStates;
  #refreshesLenses = false;
  #refreshesHints = false;

  constructor(connection: Connection, workspace: Workspace, live: LiveStates) {
    this.#live = live;
    this.#connection = connection;
    this.#workspace = workspace;
  }

  /** Begins to answer a client. */
  answer({ workspace }: ClientCapabilities, words: Words): void {
    this.#refreshesLenses = workspace?.codeLens?.refreshSupport ?? false;
    this.#refreshesHints = workspace?.inlayHint?.refreshSupport ?? false;
    this.#live.listen(this.#connection, () => this.#refreshLenses());
    this.#answerLenses(words);
    this.#answerHints(words);
    this.#answerHovers(words);
  }

  /** Has the client ask anew: the user's settings are others. */
  async refresh(): Promise<void> {
    await this.#refreshLenses();
    if (this.#refreshesHints) await this.#connection.languages.inlayHint.refresh();
  }

  async #refreshLenses(): Promise<void> {
    if (this.#refreshesLenses) await this.#connection.sendRequest(CodeLensRefreshRequest.type);
  }

  #answerLenses(words: Words): void {
    const answer = ofReading(this.#workspace, ({ textDocument }: CodeLensParams) => {
      const found = this.#workspace.settingsFor(textDocument.uri).codeLens
        ? asked(this.#workspace, textDocument.uri)
        : null;
      return found === null ? [] : codeLensesOf(found.document, this.#live.lookup(found.site), words);
    });
    this.#connection.onCodeLens(answer);
  }

  #answerHovers(words: Words): void {
    const answer = ofText(this.#workspace, ({ textDocument, position }: HoverParams) => {
      if (this.#workspace.isBeingRead(textDocument.uri)) {
        const document = this.#workspace.documentOf(textDocument.uri);
        return document === null ? null : hoverAt(document, offsetAt(document.lines, position), words);
      }
      const found = asked(this.#workspace, textDocument.uri);
      if (found === null) return null;
      const { document, site, reading } = found;
      return hoverAt(document, offsetAt(document.lines, position), words, {
        site,
        live: this.#live.lookup(site),
        effective: (section) => effectiveOf(reading, site, section),
      });
    });
    this.#connection.onHover(answer);
  }

  #answerHints(words: Words): void {
    const answer = ofReading(this.#workspace, ({ textDocument, range }: InlayHintParams) => {
      const judgement = this.#workspace.judge(textDocument.uri);
      const document = judgement?.reading.documents.get(judgement.file);
      if (judgement === null || document === undefined) return [];
      const { lines } = document;
      const { file, problems } = judgement;
      return inlayHintsOf(
        {
          file,
          document,
          problems,
          settings: this.#workspace.settingsFor(textDocument.uri).inlayHints,
          words,
        },
        { start: offsetAt(lines, range.start), end: offsetAt(lines, range.end) },
      );
    });
    this.#connection.languages.inlayHint.on(answer);
  }
}
