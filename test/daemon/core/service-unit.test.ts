import { expect, test } from "vitest";
import { launchdPlist, type Service, systemdUnit } from "../../../daemon/core/service-unit.ts";

const SERVICE: Service = {
  node: "/usr/bin/node",
  script: "/opt/a b/supervisord.cjs",
  configFile: '/etc/"x"$y%z\\.conf',
  directory: "/etc",
  stopSecs: 90,
  scope: "system",
  environment: { ELECTRON_RUN_AS_NODE: "1" },
};

test("a systemd unit quotes what systemd would take for something else", () => {
  const unit = systemdUnit(SERVICE);
  expect(unit).toContain(
    'ExecStart="/usr/bin/node" "/opt/a b/supervisord.cjs" "-n" "-c" "/etc/\\"x\\"$$y%%z\\\\.conf"\n',
  );
  expect(unit).toContain('Environment="ELECTRON_RUN_AS_NODE=1"\n');
  expect(unit).toContain("WantedBy=multi-user.target\n");
  expect(systemdUnit({ ...SERVICE, scope: "user" })).toContain("WantedBy=default.target\n");
});

test("a launchd list escapes what XML would take for something else", () => {
  expect(launchdPlist({ ...SERVICE, configFile: "/a<b>&c" })).toContain("<string>/a&lt;b&gt;&amp;c</string>");
});
