import { expect, test } from "vitest";
import { parseDocument } from "../../../daemon/config/document.ts";
import { workspaceSymbols } from "../../../language-server/features/workspace-symbols.ts";

const FILES = [
  ["file:///w/a.conf", parseDocument("[supervisord]\n[program:web]\nnumprocs=4\n")],
  ["file:///w/b.conf", parseDocument("; x\n[program:worker]\n[group:web]\n")],
] as const;

function names(query: string): string[] {
  return workspaceSymbols(query, FILES).map(
    ({ name, location }) => `${name} ${location.uri.slice(-6)}:${location.range.start.line + 1}`,
  );
}

test("the sections of all files are found by the letters of their headers", () => {
  expect(names("WEB")).toEqual(["program:web (×4) a.conf:2", "group:web b.conf:3"]);
  expect(names("pwkr")).toEqual(["program:worker b.conf:2"]);
  expect(names("")).toHaveLength(4);
  expect(names("zz")).toEqual([]);
});
