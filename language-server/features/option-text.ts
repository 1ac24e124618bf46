import { describeOption, describeSection } from "../../daemon/config/descriptions.ts";
import { type OptionSpec, optionsOf, type SectionKind, type ValueType } from "../../daemon/config/schema.ts";

/** An option explained in Markdown: what it takes, its default, what it does, since when. */
export function optionMarkdown(kind: SectionKind, option: OptionSpec): string {
  const facts = [`**${option.name}**`, VALUE_TEXTS[option.type], defaultText(option)].filter(
    (fact) => fact !== "",
  );
  const about = describeOption(kind, option.name) ?? "";
  return `${facts.join(" · ")}\n\n${about}\n\n*Since Supervisor ${option.since}.*`;
}

/** A kind of section explained in Markdown, with the options it needs. */
export function sectionMarkdown(kind: SectionKind): string {
  const required = optionsOf(kind).filter((option) => option.required);
  const needs = required.map((option) => `\`${option.name}\``).join(" and ");
  return `${describeSection(kind)}${required.length === 0 ? "" : `\n\nIt needs ${needs}.`}`;
}

/** One line for lists: what an option takes and its default. */
export function optionDetail(option: OptionSpec): string {
  return [VALUE_TEXTS[option.type], defaultText(option)]
    .filter((fact) => fact !== "")
    .join(" · ")
    .replaceAll("`", "");
}

function defaultText(option: OptionSpec): string {
  if (option.required) return "required";
  return option.default === null ? "" : `default \`${option.default}\``;
}

const VALUE_TEXTS: Readonly<Record<ValueType, string>> = {
  text: "text",
  boolean: "`true` or `false`",
  integer: "whole number",
  bytes: "size in bytes, or with `KB`, `MB`, `GB`",
  octal: "octal number",
  signal: "signal",
  exitcodes: "numbers from 0 to 255, separated by commas",
  autorestart: "`true`, `false` or `unexpected`",
  loglevel: "log level",
  logfile: "path of a file, or a word for none or a default",
  path: "path of a file",
  directory: "path of a folder",
  command: "executable and arguments, without a shell",
  environment: 'pairs `NAME="value"`, separated by commas',
  user: "user name or number",
  chown: "`user` or `user:group`",
  password: "text",
  port: "`host:port`",
  "server-url": "`http://host:port` or `unix://path`",
  "socket-url": "`tcp://host:port` or `unix://path`",
  "program-names": "names of programs, separated by commas",
  "process-name": "text",
  events: "names of events, separated by commas",
  globs: "patterns of files, separated by spaces",
  plugin: "`module:function`",
};
