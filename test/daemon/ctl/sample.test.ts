import { describe, expect, test } from "vitest";
import { parseDocument } from "../../../daemon/config/document.ts";
import { optionsOf, sectionKinds } from "../../../daemon/config/schema.ts";
import { sampleConfiguration } from "../../../daemon/ctl/sample.ts";

describe("the sample configuration", () => {
  const sample = sampleConfiguration();

  test("sets a server, its client and the interface between them, and nothing else", () => {
    const { sections } = parseDocument(sample);
    const set = sections.map(({ name, entries }) => [
      name,
      ...entries.map(({ key, value }) => `${key}=${value}`),
    ]);
    expect(set).toEqual([
      ["unix_http_server", "file=%(here)s/supervisord.sock"],
      ["supervisord"],
      ["supervisorctl", "serverurl=unix://%(here)s/supervisord.sock"],
      [
        "rpcinterface:supervisor",
        "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
      ],
    ]);
  });

  test("shows every option with a value to begin with", () => {
    const shown = new Set([...sample.matchAll(/^;?([a-z._]+)=.+$/gm)].map(([, name]) => name));
    const all = sectionKinds.flatMap(({ kind }) => optionsOf(kind).map(({ name }) => name));
    expect(all.filter((name) => !shown.has(name))).toEqual([]);
  });

  test("fits a hundred columns", () => {
    expect(sample.split("\n").filter((line) => line.length > 100)).toEqual([]);
  });
});
