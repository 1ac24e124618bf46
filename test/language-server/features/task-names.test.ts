import { expect, test } from "vitest";
import { lineTable } from "../../../daemon/config/lines.ts";
import { referencesAt } from "../../../language-server/features/references.ts";
import { taskNames } from "../../../language-server/features/task-names.ts";
import { siteWith } from "../site.ts";

test.each([
  [`{"command": "supervisorctl restart web"}`, ["web"]],
  [`{"command": "cd x && supervisorctl -c x.conf stop site:* && ls"}`, ["site"]],
  [`{"command": "supervisorctl", "args": ["start", "web", "site:job"]}`, ["web", "site", "job"]],
  [`{"args": ["supervisorctl", "signal", "HUP", "web"]}`, ["web"]],
  [`{"command": "supervisorctl", "args": ["reread"]}`, []],
  [
    `[{"program": "site:web", "presentation": {"x": 1}, "type": "supervisord", "action": "stop"}]`,
    ["site", "web"],
  ],
  [`[{"type": "node", "program": "a.js"}, {"type":"supervisord","program":"site:*"}]`, ["site"]],
  [`{"type": "supervisord", "action": "start"}`, []],
  [`{"command": "npm", "args": ["start", "web"]}`, []],
])("%s names %j", (text, names) => {
  const found = taskNames(text);
  expect(found.map(({ name }) => name)).toEqual(names);
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(names);
});

test("a program is found in the tasks of the editor", () => {
  const { site, offset } = siteWith("[program:we¦b]\n[program:b]\n");
  const text = `{\n"command": "supervisorctl restart web b"}`;
  const tasks = [{ uri: "file:///w/.vscode/tasks.json", lines: lineTable(text) }];
  expect(referencesAt(site, offset, false, tasks)).toEqual([
    {
      uri: "file:///w/.vscode/tasks.json",
      range: { start: { line: 1, character: 35 - 1 }, end: { line: 1, character: 38 - 1 } },
    },
  ]);
});
