import type { SignatureHelp } from "vscode-languageserver";
import type { Document } from "../../daemon/config/document.ts";
import { offsetOfValue } from "../../daemon/config/document.ts";
import { meantPairs } from "../../daemon/config/environment-pairs.ts";
import { say } from "../../daemon/config/say.ts";
import { optionOf } from "../../daemon/config/schema.ts";
import type { Words } from "../l10n/words.ts";
import { placeAt } from "./place.ts";

const NAME = "NAME";
const VALUE = '"value"';

/** How the variables of an `environment` are written, the part that is being typed marked; null elsewhere. */
export function signatureAt(document: Document, offset: number, words: Words): SignatureHelp | null {
  const place = placeAt(document, offset);
  if (place.kind !== "value" || place.sectionKind === null) return null;
  const { entry } = place;
  if (optionOf(place.sectionKind, entry.key)?.type !== "environment") return null;
  const pair = meantPairs(entry.value).find(
    ({ keyStart, end }) => offset >= offsetOfValue(entry, keyStart) && offset <= offsetOfValue(entry, end),
  );
  const inValue = pair !== undefined && offset >= offsetOfValue(entry, pair.start);
  const about = say`Quote each value that has more than letters, digits and _/.+-():, and put commas between the variables.`;
  const label = `${NAME}=${VALUE},${NAME}=${VALUE}`;
  const parameters = [
    { label: NAME, documentation: words.say(say`The name of a variable: letters, digits and _.`) },
    { label: VALUE, documentation: words.say(say`No shell reads it: write %(ENV_NAME)s for $NAME.`) },
  ];
  const signature = { label, documentation: words.say(about), parameters };
  return { signatures: [signature], activeSignature: 0, activeParameter: inValue ? 1 : 0 };
}
