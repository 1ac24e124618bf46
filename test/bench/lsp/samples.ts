/** A language to measure a server with: a document of blocks of ten lines, and where an error can be typed into it. */
export type Sample = {
  readonly language: string;
  readonly file: string;
  readonly settings: object;
  readonly write: (lines: number) => string[];
  /** A character that makes an error of a line that turns something on, and where. */
  readonly error: (line: string) => { readonly character: number; readonly text: string };
  /** What is typed on a line of its own before completion is asked for. */
  readonly prefix: string;
};

const OPTIONS = [
  ["command", "/usr/bin/env python3 -m app --port {n}"],
  ["directory", "/srv/app{n}"],
  ["autostart", "true"],
  ["autorestart", "true"],
  ["startsecs", "3"],
  ["priority", "{n}"],
  ["stopsignal", "TERM"],
  ["stdout_logfile", "/var/log/app{n}.log"],
] as const;

function blocks(lines: number, write: (number: number) => string[]): string[] {
  const all: string[] = [];
  for (let number = 1; all.length < lines; number++) all.push(...write(number));
  return all;
}

/** A supervisord.conf of many programs. */
export const SUPERVISORD: Sample = {
  language: "supervisord-conf",
  file: "supervisord.conf",
  settings: {},
  write: (lines) =>
    blocks(lines, (number) => [
      `[program:p${String(number).padStart(5, "0")}]`,
      ...OPTIONS.map(([key, value]) => `${key}=${value.replaceAll("{n}", String(number))}`),
      "",
    ]),
  error: (line) => ({ character: line.length, text: "q" }),
  prefix: "s",
};

/** The same as JSON. */
export const JSON_SAMPLE: Sample = {
  language: "json",
  file: "bench.json",
  settings: { json: { validate: { enable: true }, format: { enable: true } } },
  write: (lines) => {
    const body = blocks(lines - 1, (number) => [
      `  "p${String(number).padStart(5, "0")}": {`,
      ...OPTIONS.map(([key, value], index) => {
        const text = value.replaceAll("{n}", String(number));
        const shown = /^(true|\d+)$/.test(text) ? text : JSON.stringify(text);
        return `    "${key}": ${shown}${index === OPTIONS.length - 1 ? "" : ","}`;
      }),
      "  },",
    ]);
    return ["{", ...body.slice(0, -1), "  }", "}"];
  },
  error: (line) => ({ character: line.indexOf("true"), text: "[" }),
  prefix: '"s',
};
