import type { Command, CompletionItem, CompletionItemKind } from "vscode-languageserver";
import type { Document } from "../../daemon/config/document.ts";
import { rangeOf } from "./ranges.ts";
import type { Wish, Wished } from "./wishes.ts";

/** Something that was found on the disk; a folder's name ends with a slash. `about` is what it stands for. */
export type Found = { readonly name: string; readonly about?: string };

/** What was found for a wish, as completion offers it. */
export function foundItems(
  document: Document,
  { wish, span }: Wished,
  found: readonly Found[],
  again: Command | null,
): CompletionItem[] {
  const range = rangeOf(document.lines, span);
  return found.map(({ name, about }) => {
    const isFolder = name.endsWith("/");
    const item: CompletionItem = {
      label: name,
      kind: isFolder ? FOLDER : KINDS[wish.kind],
      sortText: `${AFTER_OFFERS}${isFolder ? "0" : "1"}${name}`,
      textEdit: { range, newText: name.replaceAll("%", "%%") },
      ...(about === undefined ? {} : { detail: about }),
    };
    if (isFolder && again !== null) item.command = again;
    return item;
  });
}

const AFTER_OFFERS = "9";
const FOLDER = 19;

const KINDS: Readonly<Record<Wish["kind"], CompletionItemKind>> = {
  executables: 3,
  files: 17,
  scripts: 3,
  targets: 3,
  users: 21,
  groups: 21,
};
