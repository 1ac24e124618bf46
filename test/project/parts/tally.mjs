// What passed and what failed: the count that `npm test` ends with.
import { say, secondsSince } from "./run.mjs";

/** Counts outcomes; `print` writes the failures again and, alone on the last line, `N passed, N failed`. */
export function createTally() {
  let passed = 0;
  const failures = [];
  return {
    pass: (count = 1) => {
      passed += count;
    },
    /** Counts a failure under its name and shows at once what is known of it. */
    fail: (name, detail = "") => {
      failures.push(name);
      say(`FAILED ${name}${detail === "" ? "" : `\n${detail.trimEnd()}`}`);
    },
    /** Writes the summary; true where something ran and nothing failed. */
    print: (startedAt) => {
      for (const name of failures) say(`failed: ${name}`);
      say(`took ${secondsSince(startedAt)}`);
      say(`${passed} passed, ${failures.length} failed`);
      return failures.length === 0 && passed > 0;
    },
  };
}
