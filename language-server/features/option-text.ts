import { type Message, say } from "../../daemon/config/say.ts";
import { type OptionSpec, optionsOf, type SectionKind, type ValueType } from "../../daemon/config/schema.ts";
import type { Words } from "../l10n/words.ts";

/** An option explained in Markdown: what it takes, its default, what it does, since when. */
export function optionMarkdown(kind: SectionKind, option: OptionSpec, words: Words): string {
  const facts = [`**${option.name}**`, ...factsOf(option).map(words.say)].join(" · ");
  const since = words.say(
    option.since === null
      ? say`Not in Supervisor, which ignores it.`
      : say`Since Supervisor ${option.since}.`,
  );
  return `${facts}\n\n${words.option(kind, option.name) ?? ""}\n\n*${since}*`;
}

/** A kind of section explained in Markdown, with the options it needs. */
export function sectionMarkdown(kind: SectionKind, words: Words): string {
  const required = optionsOf(kind).filter((option) => option.required);
  const [first, second] = required.map((option) => `\`${option.name}\``);
  if (first === undefined) return words.section(kind);
  const needs = second === undefined ? say`It needs ${first}.` : say`It needs ${first} and ${second}.`;
  return `${words.section(kind)}\n\n${words.say(needs)}`;
}

/** One line for lists: what an option takes and its default. */
export function optionDetail(option: OptionSpec, words: Words): string {
  return factsOf(option).map(words.say).join(" · ").replaceAll("`", "");
}

function factsOf(option: OptionSpec): readonly Message[] {
  const takes = VALUE_TEXTS[option.type];
  if (option.required) return [takes, say`required`];
  return option.default === null ? [takes] : [takes, say`default \`${option.default}\``];
}

const VALUE_TEXTS: Readonly<Record<ValueType, Message>> = {
  text: say`text`,
  boolean: say`\`true\` or \`false\``,
  integer: say`whole number`,
  bytes: say`size in bytes, or with \`KB\`, \`MB\`, \`GB\``,
  octal: say`octal number`,
  signal: say`signal`,
  exitcodes: say`numbers from 0 to 255, separated by commas`,
  autorestart: say`\`true\`, \`false\` or \`unexpected\``,
  loglevel: say`log level`,
  logfile: say`path of a file, or a word for none or a default`,
  path: say`path of a file`,
  directory: say`path of a folder`,
  command: say`executable and arguments, without a shell`,
  environment: say`pairs \`NAME="value"\`, separated by commas`,
  user: say`user name or number`,
  chown: say`\`user\` or \`user:group\``,
  password: say`text`,
  port: say`\`host:port\``,
  "server-url": say`\`http://host:port\` or \`unix://path\``,
  "socket-url": say`\`tcp://host:port\` or \`unix://path\``,
  "program-names": say`names of programs, separated by commas`,
  "process-name": say`text`,
  events: say`names of events, separated by commas`,
  "env-files": say`paths of files, separated by spaces`,
  globs: say`patterns of files, separated by spaces`,
  plugin: say`\`module:function\``,
};
