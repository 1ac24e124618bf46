import type { Anchor } from "./anchor.ts";
import type { Context } from "./context.ts";
import type { Machine } from "./machine.ts";
import type { StoredSection, StoredSections } from "./store.ts";

/** Whether a question would be answered as it was. Made by functions of the module, so that it keeps nothing else alive. */
export type Answer = (context: Context) => boolean;

/** What a step has asked; what it asked of the machine is asked again only where that may have changed. */
export type Asked = {
  readonly answers: readonly Answer[];
  /** Null for none. */
  readonly machineAnswers: MachineAnswers | null;
};

/** Answers of the machine: the last one, and those before it. */
export type MachineAnswers = {
  readonly before: MachineAnswers | null;
  /** Whether the last one is still true. */
  readonly isStill: (machine: Machine) => boolean;
};

/** What one step after another has asked of the context of a reading. */
export class Trace {
  /** A context that writes down what it is asked. */
  readonly context: Pick<Context, "machine" | "store" | "environmentNames" | "memo" | "trace">;
  readonly #asked: Answer[] = [];
  #askedOfMachine: MachineAnswers | null = null;
  #isWhole = true;

  constructor(context: Context) {
    this.context = {
      machine: this.#machine(context.machine),
      store: this.#store(context.store),
      environmentNames: this.#names(context.environmentNames),
      memo: null,
      trace: this,
    };
  }

  /** What was asked since it was taken last; null where something of it cannot be asked again. */
  take(): Asked | null {
    const isWhole = this.#isWhole;
    this.#isWhole = true;
    const taken = { answers: listOf(this.#asked), machineAnswers: this.#askedOfMachine };
    this.#asked.length = 0;
    this.#askedOfMachine = null;
    return isWhole ? taken : null;
  }

  /** Writes down that the step has made use of a place in the text of a section. */
  place(anchor: Anchor): void {
    this.#asked.push(isKept(anchor));
  }

  /** Writes down on which line an anchor stood. */
  line(anchor: Anchor): void {
    this.#asked.push(isOnLine(anchor, anchor.line));
  }

  #store(store: Context["store"]): Context["store"] {
    return {
      sections: this.#sections(store.sections),
      defaults: store.defaults,
    };
  }

  #sections(sections: StoredSections): StoredSections {
    return {
      get: (name) => {
        const found = sections.get(name);
        this.#asked.push(isSection(name, found));
        return found;
      },
      has: (name) => {
        const has = sections.has(name);
        this.#asked.push(isThere(name, has));
        return has;
      },
      keys: () => {
        this.#isWhole = false;
        return sections.keys();
      },
      values: () => {
        this.#isWhole = false;
        return sections.values();
      },
      forEach: (act) => {
        this.#isWhole = false;
        sections.forEach(act);
      },
    };
  }

  #names(names: Context["environmentNames"]): Context["environmentNames"] {
    return {
      get: (name) => {
        const value = names.get(name);
        this.#asked.push(isVariable(name, value));
        return value;
      },
      has: (name) => {
        const has = names.has(name);
        this.#asked.push(isVariableThere(name, has));
        return has;
      },
      entries: () => {
        const all = new Map(names.entries());
        this.#asked.push(areVariables(all));
        return all.entries();
      },
    };
  }

  #machine(machine: Machine): Machine {
    const ask =
      <Q, A>(question: (machine: Machine) => (about: Q) => A) =>
      (about: Q): A => {
        const answer = question(machine)(about);
        this.#askedOfMachine = new MachineAnswer(question, about, answer, this.#askedOfMachine);
        return answer;
      };
    return {
      ...machine,
      readFile: ask(QUESTIONS.readFile),
      glob: ask(QUESTIONS.glob),
      isDirectory: ask(QUESTIONS.isDirectory),
      homeDirectory: ask(QUESTIONS.homeDirectory),
      userExists: ask(QUESTIONS.userExists),
      groupExists: ask(QUESTIONS.groupExists),
      ...(machine.look === undefined ? {} : { look: ask(QUESTIONS.look) }),
    };
  }
}

/** Functions of the module, as those of a trace would keep all that it has seen. */
const QUESTIONS = {
  readFile: ({ readFile }: Machine) => readFile,
  glob: ({ glob }: Machine) => glob,
  isDirectory: ({ isDirectory }: Machine) => isDirectory,
  homeDirectory: ({ homeDirectory }: Machine) => homeDirectory,
  userExists: ({ userExists }: Machine) => userExists,
  groupExists: ({ groupExists }: Machine) => groupExists,
  look: ({ look = nobodyKnows }: Machine) => look,
};

function nobodyKnows(): null {
  return null;
}

const NONE: readonly Answer[] = [];

/** A copy that holds no room for more: there are thousands of them. */
function listOf(answers: readonly Answer[]): readonly Answer[] {
  return answers.length === 0 ? NONE : answers.slice();
}

function isKept(anchor: Anchor): Answer {
  return () => !anchor.dropped;
}

function isOnLine(anchor: Anchor, line: number): Answer {
  return () => anchor.line === line;
}

function isSection(name: string, found: StoredSection | undefined): Answer {
  return ({ store }) => store.sections.get(name) === found;
}

function isThere(name: string, has: boolean): Answer {
  return ({ store }) => store.sections.has(name) === has;
}

function isVariable(name: string, value: string | bigint | undefined): Answer {
  return ({ environmentNames }) => environmentNames.get(name) === value;
}

function isVariableThere(name: string, has: boolean): Answer {
  return ({ environmentNames }) => environmentNames.has(name) === has;
}

function areVariables(all: ReadonlyMap<string, string | bigint>): Answer {
  return ({ environmentNames }) => {
    const now = [...environmentNames.entries()];
    return now.length === all.size && now.every(([name, value]) => all.get(name) === value);
  };
}

class MachineAnswer<Q, A> implements MachineAnswers {
  readonly #question: (machine: Machine) => (about: Q) => A;
  readonly #about: Q;
  readonly #answer: A;
  readonly before: MachineAnswers | null;

  constructor(
    question: (machine: Machine) => (about: Q) => A,
    about: Q,
    answer: A,
    before: MachineAnswers | null,
  ) {
    this.#question = question;
    this.#about = about;
    this.#answer = answer;
    this.before = before;
  }

  isStill(machine: Machine): boolean {
    return this.#question(machine)(this.#about) === this.#answer;
  }
}
