import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What stands around the interface for other extensions in README.md. */
export const API_MARKS = { begin: "<!-- api -->", end: "<!-- /api -->" } as const;

/** The types of that interface as Markdown, from their source. */
export function apiText(): string {
  const source = readFileSync(join(import.meta.dirname, "../../extension/api.ts"), "utf8");
  return `${API_MARKS.begin}\n\n\`\`\`ts\n${source}\`\`\`\n\n${API_MARKS.end}`;
}
