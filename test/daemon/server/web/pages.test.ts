import { describe, expect, test } from "vitest";
import { pageHeaders, renderDocument } from "../../../../daemon/server/web/document.ts";
import { type StatusModel, statusPage } from "../../../../daemon/server/web/status-page.ts";
import { type TailModel, tailPage } from "../../../../daemon/server/web/tail-page.ts";
import { NOW, SERVER, snapshot } from "./snapshot.ts";

const EVIL = `x"><img src=y onerror=alert(1)>'&\u202e\u001b[31m`;

function status(facts: Partial<StatusModel>): string {
  const filter = { words: "", state: "", group: "" };
  const model = {
    server: SERVER,
    processes: [],
    filter,
    notice: null,
    token: "t",
    readonly: false,
    now: NOW,
    ...facts,
  };
  return renderDocument(statusPage(model), { script: "", style: "" }, "n", NOW);
}

function tail(facts: Partial<TailModel>): string {
  const process = snapshot();
  const shown = { channel: "stdout", limit: 1024, text: "", missing: null, notice: null } as const;
  const model = { server: SERVER, process, ...shown, token: "t", readonly: false, now: NOW, ...facts };
  return renderDocument(tailPage(model), { script: "", style: "" }, "n", NOW);
}

describe("the status page", () => {
  test("lists every process with state, description, actions and logs", () => {
    const markup = status({
      processes: [snapshot({ state: "RUNNING", pid: 42, startedAt: NOW - 5000 })],
    });
    expect(markup).toContain('<span class="state">running</span>');
    expect(markup).toContain("pid 42, uptime 0:00:05");
    for (const action of ["start", "restart", "stop", "clearlog"])
      expect(markup).toContain(`value="${action}" formaction="index.html?processname=web"`);
    expect(markup).toContain('href="tail.html?processname=web&#38;limit=16384&#38;channel=stderr"');
  });

  test("offers a whole group where it is more than its one process", () => {
    const members = ["a", "b"].map((name) => snapshot({ group: "jobs", name }));
    expect(status({ processes: members })).toContain('formaction="index.html?processname=jobs%3A*"');
    expect(status({ processes: [snapshot()] })).not.toContain("%3A*");
  });

  test("without programs says so", () => {
    expect(status({})).toContain('<p id="nothing">No programs to manage</p>');
  });

  test("hides what the filter holds back, and keeps the filter in its form", () => {
    const processes = [snapshot(), snapshot({ group: "db", name: "db" })];
    const markup = status({ processes, filter: { words: "db", state: "", group: "" } });
    expect(markup).toMatch(/data-key="web%3Aweb" data-tone="idle" hidden/);
    expect(markup).toMatch(/data-key="db%3Adb" data-tone="idle">/);
    expect(markup).toContain('name="words" value="db"');
  });

  test("counts what is fatal in its title", () => {
    expect(status({ processes: [snapshot({ state: "FATAL" })] })).toContain(
      "<title>(1 fatal) Supervisor Status</title>",
    );
  });
});

const PAGES: Readonly<Record<string, (text: string) => string>> = {
  names: (text) => status({ processes: [snapshot({ group: text, name: text }), snapshot({ group: text })] }),
  errors: (text) => status({ processes: [snapshot({ state: "FATAL", spawnError: text })] }),
  messages: (text) => status({ notice: { text, isError: true } }),
  filters: (text) => status({ filter: { words: text, state: text, group: text } }),
  "facts of the daemon": (text) => status({ server: { ...SERVER, identifier: text, configFile: text } }),
  "log text": (text) => tail({ text, missing: text }),
  "the name of a log": (text) => tail({ process: snapshot({ group: text, name: text }) }),
};

test.each(Object.entries(PAGES))("%s cannot become markup", (_, page) => {
  expect(skeleton(page(EVIL))).toEqual(skeleton(page("harmless")));
});

test.each(["names", "errors", "facts of the daemon", "the name of a log"])("%s hide no character", (what) => {
  expect(PAGES[what]?.(EVIL)).not.toMatch(/>[^<>]*\u202e/);
  expect(PAGES[what]?.(EVIL)).toContain("&#60;U+202E&#62;&#60;U+001B&#62;[31m");
});

/** The tags of a document with the names of their attributes. */
function skeleton(markup: string): readonly string[] {
  return markup.replace(/="[^"]*"/g, "").match(/<[^>]*>/g) ?? [];
}

test("a log that goes into another has no page of its own", () => {
  expect(tail({ process: snapshot({ stderrLogfile: null }) })).not.toContain("channel=stderr");
});

test("the headers let in only what carries the nonce, and the page into no frame", () => {
  const headers = pageHeaders("abc");
  expect(headers["Content-Security-Policy"]).toBe(
    "default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  expect(headers).toMatchObject({
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
  });
});
