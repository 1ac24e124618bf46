import type { DocumentLink } from "vscode-languageserver";
import type { Document } from "../../daemon/config/document.ts";
import { fileNamePattern, hasMagic } from "../../daemon/config/python/fnmatch.ts";
import type { PathMachine } from "./path-names.ts";
import { type Lead, leadsIn } from "./paths.ts";
import { rangeOf } from "./ranges.ts";
import type { Site } from "./site.ts";

/** The links of the asked file: web pages as they are, files by their paths: whether they are there is asked late. */
export function linksOf(site: Site, machine: PathMachine, document: Document): DocumentLink[] {
  return leadsIn(site, machine, document).flatMap((lead): DocumentLink[] => {
    const range = rangeOf(document.lines, lead.range);
    if (lead.kind === "url") return [{ range, target: lead.url }];
    if (lead.kind === "account") return [];
    const path = pathOf(site, lead);
    return path === null ? [] : [{ range, data: { path } }];
  });
}

/** The path that a link was made with; null for a link that has its target. */
export function linkedPath({ data }: DocumentLink): string | null {
  const path: unknown = typeof data === "object" && data !== null ? Reflect.get(data, "path") : null;
  return typeof path === "string" ? path : null;
}

/** A pattern is a link where it means one file only. */
function pathOf(site: Site, lead: Exclude<Lead, { kind: "url" | "account" }>): string | null {
  if (lead.kind === "file") return lead.path;
  if (!hasMagic(lead.pattern)) return lead.pattern;
  const matching = fileNamePattern(lead.pattern);
  const files = [...site.documents.keys()].filter((path) => path !== site.file && matching.test(path));
  return files.length === 1 ? (files[0] ?? null) : null;
}
