import type { Section } from "./document.ts";

/** What the names of a program's processes look like in a group, as its `process_name` decides. */
export function processPattern(section: Section, program: string, group: string): RegExp {
  const written = section.entries.findLast(({ key }) => key === "process_name")?.value ?? "%(program_name)s";
  const source = written
    .split(/(%%|%\(\w+\)[#0 +-]*\d*[a-z])/)
    .map((part) => {
      if (part === "%%") return "%";
      const name = /^%\((\w+)\)/.exec(part)?.[1];
      if (name === undefined) return escaped(part);
      if (name === "program_name") return escaped(program);
      if (name === "group_name") return escaped(group);
      return name === "process_num" ? "-?\\d+" : ".*";
    })
    .join("");
  return new RegExp(`^${source}$`, "s");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
