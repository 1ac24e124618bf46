import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createVSIX, listFiles, PackageManager } from "@vscode/vsce";
import { expect, test, vi } from "vitest";

const root = join(import.meta.dirname, "../..");
const manifest: unknown = read("package.json");

const PACKED = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "SECURITY.md",
  "dist/daemon/echo_supervisord_conf.cjs",
  "dist/daemon/logger.cjs",
  "dist/daemon/pidproxy.cjs",
  "dist/daemon/supervisorctl.cjs",
  "dist/daemon/supervisord.cjs",
  "dist/extension/chinese-problems.cjs",
  "dist/extension/create-configuration.cjs",
  "dist/extension/exchange.cjs",
  "dist/extension/l10n.cjs",
  "dist/extension/language-client.cjs",
  "dist/extension/main.cjs",
  "dist/extension/supervisord-mcp.cjs",
  "dist/language-server/server.cjs",
  "extension/l10n/bundle.l10n.zh-cn.json",
  "extension/media/activity-bar.svg",
  "extension/media/icon.png",
  "extension/media/walkthrough/apply.svg",
  "extension/media/walkthrough/configuration.svg",
  "extension/media/walkthrough/output.svg",
  "extension/media/walkthrough/start.svg",
  "language-server/DIAGNOSTICS.md",
  "package.json",
  "package.nls.json",
  "package.nls.zh-cn.json",
  "syntaxes/language-configuration.json",
  "syntaxes/snippets.json",
  "syntaxes/supervisord-conf.tmLanguage.json",
  "syntaxes/supervisord-log.tmLanguage.json",
];

test("the package holds the bundles, what the editor reads, and nothing else", async () => {
  expect([...(await listFiles({ cwd: root, packageManager: PackageManager.None }))].sort()).toEqual(PACKED);
});

test("the VSIX that is published stays under a megabyte and 60 files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vsix-"));
  try {
    await copyPackage(folder);
    vi.stubEnv("SOURCE_DATE_EPOCH", "1700000000");
    const [one, other] = [await pack(folder, "one.vsix"), await pack(folder, "other.vsix")];
    expect(readFileSync(one).equals(readFileSync(other)), "the same sources give the same VSIX").toBe(true);
    expect(statSync(one).size).toBeLessThan(1024 * 1024);
    const files = await listFiles({ cwd: folder, packageManager: PackageManager.None });
    expect(files.toSorted()).toEqual(PACKED);
    expect(files.length).toBeLessThanOrEqual(60);
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
});

test("what every window loads looks at the editor's interface once, and leaves XML to the first call", () => {
  const bundle = (name: string) => readFileSync(join(root, "dist/extension", name), "utf8");
  expect(bundle("main.cjs").match(/require\("vscode"\)/g)).toHaveLength(1);
  expect(bundle("main.cjs")).not.toContain("methodResponse");
  expect(bundle("exchange.cjs")).toContain("methodResponse");
});

test("the manifest's placeholders and the texts of package.nls.json match one to one", () => {
  const placeholders = stringsOf(manifest).flatMap((text) => /^%(.+)%$/.exec(text)?.[1] ?? []);
  expect([...new Set(placeholders)].sort()).toEqual(Object.keys(Object(read("package.nls.json"))).sort());
});

test("each text of the manifest is there in Chinese too, with the same commands, settings and code in it", () => {
  const texts = Object.entries(Object(read("package.nls.json")) as Record<string, string>);
  const chinese = Object(read("package.nls.zh-cn.json")) as Record<string, string>;
  expect(Object.keys(chinese)).toEqual(texts.map(([key]) => key));
  for (const [key, text] of texts) expect(codes(chinese[key] ?? ""), key).toEqual(codes(text));
});

test("each file that the manifest names is in the package", () => {
  const paths = stringsOf(manifest)
    .map((text) => text.replace(/^\.\//, ""))
    .filter((text) => /^(dist|syntaxes|extension|media)\/[^*]*\.\w+$/.test(text));
  expect(paths.length).toBeGreaterThan(8);
  for (const path of paths) {
    expect(PACKED).toContain(path);
    expect(existsSync(join(root, path)), path).toBe(true);
  }
});

/** What `npm run package` packs, with bundles of its own: other tests use those in dist/. */
async function copyPackage(folder: string): Promise<void> {
  const bundles = ["--production", "--out", join(folder, "dist")];
  await promisify(execFile)(process.execPath, ["esbuild.config.mjs", ...bundles], { cwd: root });
  const others = PACKED.filter((name) => !name.startsWith("dist/"));
  for (const name of others) cpSync(join(root, name), join(folder, name));
}

async function pack(cwd: string, name: string): Promise<string> {
  const packagePath = join(cwd, name);
  await createVSIX({
    cwd,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    // Where it will be published is not known yet.
    rewriteRelativeLinks: false,
  });
  return packagePath;
}

function codes(text: string): readonly string[] {
  return (text.match(/`[^`]*`|\]\([^)]*\)/g) ?? []).toSorted();
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(root, name), "utf8"));
}

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}
