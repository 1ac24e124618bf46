import { t } from "./l10n.ts";

/** What agents are offered, in an editor's chat or over the Model Context Protocol. */
export type AgentTool = {
  readonly name: string;
  readonly title: string;
  /** For the model: what it gets, and when to use it. */
  readonly description: string;
  readonly input: InputSchema;
  /** What a person is asked before it is done, and at which server where there are several; null where nothing changes. */
  readonly question: ((program: string, where: string) => Question) | null;
};

/** What a person is asked, in their language. */
type Question = { readonly title: string; readonly text: string };

type InputSchema = {
  readonly type: "object";
  readonly properties: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
};

type Property = {
  readonly type: "string" | "integer" | "boolean";
  readonly description: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
};

/** Most lines of a log that one answer holds. */
const MAX_LINES = 1000;

const CONFIGURATION: Property = {
  type: "string",
  description:
    "Path of the configuration, or address of the server, as list_programs names it; needed only where several have what is named.",
};

const PROGRAM: Property = {
  type: "string",
  description: "Name as list_programs gives it: `name`, `group:name`, or `group:*` for all of a group.",
};

const PROGRAM_INPUT: InputSchema = {
  type: "object",
  properties: { program: PROGRAM, configuration: CONFIGURATION },
  required: ["program"],
  additionalProperties: false,
};

const LOG_INPUT: InputSchema = {
  type: "object",
  properties: {
    program: { ...PROGRAM, description: "Name as list_programs gives it: `name` or `group:name`." },
    channel: { type: "string", enum: ["stdout", "stderr"], description: "Which output; default stdout." },
    since: {
      type: "integer",
      minimum: 0,
      description: "The `next` of an earlier answer: gives only what was written after it.",
    },
    grep: { type: "string", description: "Only lines that hold this text, whatever its case." },
    limit: {
      type: "integer",
      minimum: 1,
      maximum: MAX_LINES,
      description: "Most lines, the last ones; default 100.",
    },
    configuration: CONFIGURATION,
  },
  required: ["program"],
  additionalProperties: false,
};

const SEARCH_INPUT: InputSchema = {
  type: "object",
  properties: {
    grep: { type: "string", description: "The text to look for, whatever its case." },
    program: { ...PROGRAM, description: "Only there: `name`, `group:name` or `group:*`; default all." },
    limit: {
      type: "integer",
      minimum: 1,
      maximum: MAX_LINES,
      description: "Most lines in all, of each log the last ones; default 100.",
    },
    configuration: CONFIGURATION,
  },
  required: ["grep"],
  additionalProperties: false,
};

const CONFIGURATION_INPUT: InputSchema = {
  type: "object",
  properties: { configuration: CONFIGURATION },
  additionalProperties: false,
};

/** Every tool. The names are those that the manifest declares with the prefix `supervisord_`. */
export const AGENT_TOOLS = {
  list_programs: {
    name: "list_programs",
    title: "List Dev Processes",
    description:
      "Lists the long-running processes of this project (dev servers, workers, watchers) that supervisord manages, with state, pid and uptime. Use it first, and to see whether a server runs before starting one in a terminal.",
    input: CONFIGURATION_INPUT,
    question: null,
  },
  program_status: {
    name: "program_status",
    title: "Dev Process Status",
    description:
      "Tells how one process is: state, pid, since when, how it ended last, why it could not start, and the last lines of its output. Use it to find out why a dev server is down.",
    input: PROGRAM_INPUT,
    question: null,
  },
  read_log: {
    name: "read_log",
    title: "Read Dev Process Log",
    description:
      "Reads the end of a process's output. Pass the `next` of an answer as `since` to get only what came after, for instance after a change or a request.",
    input: LOG_INPUT,
    question: null,
  },
  search_logs: {
    name: "search_logs",
    title: "Search Dev Process Logs",
    description:
      "Finds the lines that hold a text at the ends of all processes' outputs. Use it where you do not know which process said something, such as an error; else read_log tells more.",
    input: SEARCH_INPUT,
    question: null,
  },
  start_program: {
    name: "start_program",
    title: "Start Dev Process",
    description: "Starts a process, and waits until it counts as running or has failed.",
    input: PROGRAM_INPUT,
    question: (program: string, where: string) => ({
      title: t("Start Dev Process"),
      text: where === "" ? t("Start {0}?", program) : t("Start {0} of {1}?", program, where),
    }),
  },
  stop_program: {
    name: "stop_program",
    title: "Stop Dev Process",
    description: "Stops a process, and waits until it is down.",
    input: PROGRAM_INPUT,
    question: (program: string, where: string) => ({
      title: t("Stop Dev Process"),
      text: where === "" ? t("Stop {0}?", program) : t("Stop {0} of {1}?", program, where),
    }),
  },
  restart_program: {
    name: "restart_program",
    title: "Restart Dev Process",
    description:
      "Stops and starts a process, for instance after a change that it does not pick up by itself; waits until it counts as running or has failed.",
    input: PROGRAM_INPUT,
    question: (program: string, where: string) => ({
      title: t("Restart Dev Process"),
      text: where === "" ? t("Restart {0}?", program) : t("Restart {0} of {1}?", program, where),
    }),
  },
  validate_configuration: {
    name: "validate_configuration",
    title: "Validate supervisord.conf",
    description:
      "Checks supervisord.conf and its includes, and lists each problem with file, line, column and what to do. Use it after editing the file. Nothing is applied.",
    input: CONFIGURATION_INPUT,
    question: null,
  },
} as const satisfies Readonly<Record<string, AgentTool>>;

export type AgentToolName = keyof typeof AGENT_TOOLS;

/** What a caller gave, as far as it fits; the caller may be any program. */
export type AgentInput = {
  readonly program: string;
  readonly configuration: string | null;
  readonly channel: "stdout" | "stderr";
  readonly since: number | null;
  readonly grep: string;
  readonly limit: number;
};

/** Reads what a caller gave; a sentence where a value is no use. */
export function readAgentInput(name: AgentToolName, given: unknown): AgentInput | string {
  const values: Readonly<Record<string, unknown>> =
    typeof given === "object" && given !== null ? Object.fromEntries(Object.entries(given)) : {};
  const { input }: AgentTool = AGENT_TOOLS[name];
  const unknown = Object.keys(values).find((key) => !Object.hasOwn(input.properties, key));
  if (unknown !== undefined)
    return `${name} takes no ${unknown}; it takes ${Object.keys(input.properties).join(", ")}.`;
  const {
    program = "",
    configuration = null,
    channel = "stdout",
    since = null,
    grep = "",
    limit = 100,
  } = values;
  if (input.required?.includes("program") && (typeof program !== "string" || program === ""))
    return `${name} needs program, a name that list_programs gives.`;
  if (input.required?.includes("grep") && grep === "") return `${name} needs grep, the text to look for.`;
  if (channel !== "stdout" && channel !== "stderr") return "channel is stdout or stderr.";
  if (since !== null && !isCount(since, Number.MAX_SAFE_INTEGER))
    return "since is the `next` of an earlier answer.";
  if (!isCount(limit, MAX_LINES) || limit === 0) return `limit is a number from 1 to ${MAX_LINES}.`;
  if (typeof grep !== "string") return "grep is a text.";
  if (configuration !== null && typeof configuration !== "string") return "configuration is a path.";
  return { program: String(program), configuration, channel, since, grep, limit };
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= most;
}
