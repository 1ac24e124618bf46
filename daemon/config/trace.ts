import type { Anchor } from "./anchor.ts";
import type { Context } from "./context.ts";
import type { Machine } from "./machine.ts";
import type { StoredSections } from "./store.ts";

/** Whether a question would be answered as it was. */
export type Answer = (context: Context) => boolean;

/** What a step has asked of its context. */
export class Trace {
  readonly answers: Answer[] = [];
  readonly machineAnswers: Answer[] = [];
  /** Whether all questions could be written down. */
  isWhole = true;

  /** The context with its ears open. */
  contextOver(context: Context): Context {
    return {
      ...context,
      trace: this,
      machine: this.#machine(context.machine),
      store: {
        sections: this.#sections(context.store.sections),
        get defaults() {
          return context.store.defaults;
        },
      },
      environmentNames: this.#names(context.environmentNames),
    };
  }

  /** Writes down that the step has made use of a place in the text of a section. */
  place(anchor: Anchor): void {
    this.answers.push(() => !anchor.dropped);
  }

  /** Writes down on which line an anchor stood. */
  line(anchor: Anchor): void {
    const { line } = anchor;
    this.answers.push(() => anchor.line === line);
  }

  #sections(sections: StoredSections): StoredSections {
    return {
      get: (name) => {
        const found = sections.get(name);
        this.answers.push(({ store }) => store.sections.get(name) === found);
        return found;
      },
      has: (name) => {
        const has = sections.has(name);
        this.answers.push(({ store }) => store.sections.has(name) === has);
        return has;
      },
      keys: () => {
        this.isWhole = false;
        return sections.keys();
      },
      values: () => {
        this.isWhole = false;
        return sections.values();
      },
    };
  }

  #names(names: Context["environmentNames"]): Context["environmentNames"] {
    return {
      get: (name) => {
        const value = names.get(name);
        this.answers.push(({ environmentNames }) => environmentNames.get(name) === value);
        return value;
      },
      has: (name) => {
        const has = names.has(name);
        this.answers.push(({ environmentNames }) => environmentNames.has(name) === has);
        return has;
      },
      entries: () => {
        const all = new Map(names.entries());
        this.answers.push(({ environmentNames }) => isSameMap(environmentNames, all));
        return all.entries();
      },
    };
  }

  #machine(machine: Machine): Machine {
    const ask =
      <Q, A>(question: (machine: Machine) => (about: Q) => A) =>
      (about: Q): A => {
        const answer = question(machine)(about);
        this.machineAnswers.push((context) => question(context.machine)(about) === answer);
        return answer;
      };
    return {
      ...machine,
      readFile: ask(({ readFile }) => readFile),
      glob: ask(({ glob }) => glob),
      isDirectory: ask(({ isDirectory }) => isDirectory),
      homeDirectory: ask(({ homeDirectory }) => homeDirectory),
      userExists: ask(({ userExists }) => userExists),
      groupExists: ask(({ groupExists }) => groupExists),
      ...(machine.look === undefined ? {} : { look: ask(({ look = () => null }) => look) }),
    };
  }
}

function isSameMap(names: Context["environmentNames"], all: ReadonlyMap<string, string | bigint>): boolean {
  const now = [...names.entries()];
  return now.length === all.size && now.every(([name, value]) => all.get(name) === value);
}
