import { all, argv, type Drafts, draftOf } from "./draft.ts";

const LONG_RUNNING = /^(?:dev|run|serve|server|start|watch|worker|up)(?:[-_.]\w+)*$/;

/** The targets of a Makefile that, by their names, keep running. */
export function fromMakefile(text: string): Drafts {
  const targets = text.split(/\r?\n/).flatMap((line) => {
    // `name:` and `name: needs`, but no `NAME := value`.
    const name = /^([\w.-]+)\s*:(?!=)/.exec(line)?.[1];
    return name !== undefined && LONG_RUNNING.test(name) ? [name] : [];
  });
  return all(
    [...new Set(targets)].map((target, index) =>
      draftOf(target, argv("make", target), `Makefile, target ${target}`, { chosen: index === 0 }),
    ),
  );
}
