// Why a test failed, in few words: the end of a long output may be all that is kept of it.
import { stripVTControlCharacters } from "node:util";

/** In characters; a difference between two texts may be long, and the whole of it stands above. */
const LONGEST = 300;

/** A line for each way in which the tries of a test failed, without stacks and colours. */
export function reasonsOf(failureMessages) {
  return [...new Set(failureMessages.map(reasonOf))].map((reason) => `  ${reason}`).join("\n");
}

function reasonOf(message) {
  const [reason = ""] = stripVTControlCharacters(message).split(/\n\s+at /);
  return reason.trim().replaceAll(/\s+/g, " ").slice(0, LONGEST);
}
