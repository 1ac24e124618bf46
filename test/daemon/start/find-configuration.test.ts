import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findConfiguration } from "../../../daemon/start/find-configuration.ts";
import { scratchFolder } from "../../helpers/scratch.ts";

test("a named file is taken as it is, relative to the working directory", () => {
  expect(findConfiguration("a.conf", "/usr/bin/supervisord", "/srv")).toEqual({ file: "/srv/a.conf" });
});

test("without a name the working directory comes before its etc, and beside the executable before both", () => {
  const folder = scratchFolder();
  const [cwd, bin] = [join(folder, "work"), join(folder, "bin", "supervisord")];
  mkdirSync(join(cwd, "etc"), { recursive: true });
  const find = () => findConfiguration(null, bin, cwd);
  writeFileSync(join(cwd, "etc/supervisord.conf"), "");
  expect(find()).toEqual({ file: join(cwd, "etc/supervisord.conf") });
  writeFileSync(join(cwd, "supervisord.conf"), "");
  expect(find()).toEqual({ file: join(cwd, "supervisord.conf") });
  writeFileSync(join(folder, "supervisord.conf"), "");
  expect(find()).toEqual({ file: join(folder, "supervisord.conf") });
});
