import { expect, test } from "vitest";
import { isConfigurationPath } from "../../../language-server/features/configuration-paths.ts";

test.each([
  "/home/me/app/supervisord.conf",
  "/home/me/app/supervisor.conf",
  "/home/me/app/supervisord-dev.conf",
  "/home/me/app/dev.supervisord.conf",
  "/etc/supervisor/conf.d/web.conf",
  "/etc/supervisord.d/web.ini",
  "/srv/docker/supervisor.d/web.conf",
  "/srv/docker/supervisor/web.conf",
])("%s is one", (path) => {
  expect(isConfigurationPath(path)).toBe(true);
});

test.each([
  "/etc/nginx/nginx.conf",
  "/srv/conf.d/site.conf",
  "/a/setup.ini",
  "/a/supervisors.conf",
  "/etc/supervisor/README.md",
])("%s is none", (path) => {
  expect(isConfigurationPath(path)).toBe(false);
});
