import type { Document } from "./document.ts";
import type { Problem } from "./problem.ts";
import { say } from "./say.ts";
import { kindOf, optionOf } from "./schema.ts";

/** The options of ours in a configuration: right here, but without effect where the real Supervisor runs it. */
export function ownOptions(documents: ReadonlyMap<string, Document>): Problem[] {
  return [...documents].flatMap(([file, { sections }]) =>
    sections.flatMap(({ name, entries }) => {
      const kind = kindOf(name);
      const own = entries.filter(({ key }) => kind !== null && optionOf(kind, key)?.since === null);
      return own.map(({ key, keyRange }) => ({
        code: "option.ours",
        severity: "warning" as const,
        message: say`${key} has no effect with Supervisor: only this daemon knows it.`,
        file,
        range: keyRange,
      }));
    }),
  );
}
