import { existsSync, readFileSync } from "node:fs";
import { matchesGlob } from "node:path";
import { expect, test } from "vitest";
import { parseDocument } from "../../daemon/config/document.ts";
import { kindOf, optionOf } from "../../daemon/config/schema.ts";
import manifest from "../../package.json" with { type: "json" };

const { languages, grammars, snippets } = manifest.contributes;
const [language] = languages;

/** Whether the editor would take a file of this path for a supervisord configuration. */
function isClaimed(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (language?.filenames?.includes(name)) return true;
  return (language?.filenamePatterns ?? []).some((pattern) =>
    matchesGlob(pattern.includes("/") ? path.slice(1) : name, pattern),
  );
}

test.each([
  "/home/me/app/supervisord.conf",
  "/home/me/app/supervisor.conf",
  "/home/me/app/supervisord-dev.conf",
  "/home/me/app/supervisord.prod.conf",
  "/etc/supervisor/conf.d/web.conf",
  "/etc/supervisord.d/web.ini",
  "/srv/docker/supervisor.d/web.conf",
  "/srv/docker/supervisor/web.conf",
])("%s is claimed", (path) => {
  expect(isClaimed(path)).toBe(true);
});

test.each([
  "/etc/nginx/nginx.conf",
  "/etc/nginx/conf.d/site.conf",
  "/home/me/setup.ini",
  "/home/me/supervisord.ini.txt",
  "/etc/supervisor/README.md",
  "/home/me/supervisors.conf",
])("%s is left to others", (path) => {
  expect(isClaimed(path)).toBe(false);
});

test("a first line tells a configuration under another name, and no other INI file", () => {
  const firstLine = new RegExp(language?.firstLine ?? "");
  for (const line of ["[supervisord]", "[program:web]", " [unix_http_server]"])
    expect(line).toMatch(firstLine);
  for (const line of ["[include]", "[Unit]", "[group]", "[section]", "; supervisord"])
    expect(line).not.toMatch(firstLine);
});

test("what is contributed is there and is JSON", () => {
  const paths = [...grammars, ...snippets].map(({ path }) => path);
  for (const path of [...paths, language?.configuration ?? ""]) {
    expect(existsSync(path), path).toBe(true);
    expect(() => JSON.parse(readFileSync(path, "utf8"))).not.toThrow();
  }
});

type Snippet = { readonly prefix: readonly string[]; readonly body: readonly string[] };

const bodies: [string, Snippet][] = Object.entries(
  JSON.parse(readFileSync("syntaxes/snippets.json", "utf8")),
);

test.each(bodies)("the snippet %s holds only sections and options that there are", (_, { body }) => {
  const text = body
    .join("\n")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replaceAll("$0", "");
  const document = parseDocument(text);
  expect(document.sections.length).toBeGreaterThan(0);
  for (const section of document.sections) {
    const kind = kindOf(section.name);
    if (kind === null) throw new Error(`no such section: ${section.name}`);
    for (const entry of section.entries) {
      expect(optionOf(kind, entry.key), entry.key).not.toBeNull();
      expect(entry.pieces.every((piece) => piece.comment === null)).toBe(true);
    }
  }
});
