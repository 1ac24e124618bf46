import { parse } from "ini";
import { all, type Draft, type Drafts, draftOf, NOTHING, shell } from "./draft.ts";

/** The service of a systemd unit file. */
export function fromSystemdUnit(text: string, file: string): Drafts {
  const service = section(readIni(text), "Service");
  const command = last(service.ExecStart);
  if (command === null) return NOTHING;
  const restart = RESTARTS[last(service.Restart) ?? "no"] ?? "unexpected";
  const stopSignal = last(service.KillSignal)?.replace(/^SIG/, "");
  return all([
    draftOf(file.replace(/\.service$/, ""), shell(execStart(command)), `${file}, ExecStart`, {
      environment: Object.assign({}, ...listOf(service.Environment).map(assignments)),
      options: { autorestart: restart, ...(stopSignal === undefined ? {} : { stopsignal: stopSignal }) },
    }),
  ]);
}

/** The watchers of a circus.ini, with their `[env:NAME]` sections. */
export function fromCircus(text: string, file: string): Drafts {
  const root = readIni(text);
  const drafts = Object.keys(root).flatMap((key): Draft[] => {
    const name = /^watcher:(.+)$/.exec(key)?.[1];
    const watcher = section(root, key);
    const command = last(watcher.cmd);
    if (name === undefined || command === null) return [];
    const args = last(watcher.args);
    const count = last(watcher.numprocesses);
    const many = count !== null && /^\d+$/.test(count) && Number(count) > 1;
    const numbered = many ? { numprocs: count, process_name: "%(program_name)s_%(process_num)02d" } : {};
    const autostart = last(watcher.autostart) === "false" ? { autostart: "false" } : {};
    return [
      draftOf(name, shell([command, args].filter(Boolean).join(" ")), `${file}, watcher ${name}`, {
        environment: variables(section(root, `env:${name}`)),
        options: { ...numbered, ...autostart },
      }),
    ];
  });
  return all(drafts);
}

const RESTARTS: Readonly<Record<string, string>> = {
  always: "true",
  no: "false",
  "on-success": "true",
};

/** systemd's prefixes of a command, and its own doubling of `%` and `$`. */
function execStart(command: string): string {
  return command
    .replace(/^[-@:+!|]+/, "")
    .replaceAll("%%", "%")
    .replaceAll("$$", "$");
}

/** `A=1 "B=two words"` as systemd writes several in a line. */
function assignments(line: string): Record<string, string> {
  const found = line.matchAll(/"([A-Za-z_]\w*)=([^"]*)"|'([A-Za-z_]\w*)=([^']*)'|([A-Za-z_]\w*)=(\S*)/g);
  const pairs = Array.from(found, ([, a, aValue, b, bValue, c, cValue]) => [
    a ?? b ?? c,
    aValue ?? bValue ?? cValue,
  ]);
  return Object.fromEntries(pairs);
}

type Ini = Readonly<Record<string, unknown>>;

/** These dialects have comments of whole lines only; `ini` would cut values at any `;` or `#`, and nest sections at dots. */
function readIni(text: string): Ini {
  const lines = text.replace(/[ \t]*\\\r?\n\s*/g, " ").split(/\r?\n/);
  const escaped = lines.map((line) => {
    if (/^\s*[;#]/.test(line)) return "";
    if (/^\s*\[/.test(line)) return line.replaceAll(".", "\\.");
    return line.replace(/[;#]/g, "\\$&");
  });
  return parse(escaped.join("\n"), { bracketedArray: false });
}

function section(root: Ini, name: string): Ini {
  const found = root[name];
  return typeof found === "object" && found !== null ? Object.fromEntries(Object.entries(found)) : {};
}

/** A key that stands several times has several values. */
function listOf(value: unknown): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

function last(value: unknown): string | null {
  return listOf(value).at(-1) ?? null;
}

function variables(values: Ini): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, last(value) ?? ""]));
}
