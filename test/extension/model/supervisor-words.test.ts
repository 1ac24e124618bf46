import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { parseServerUrl } from "../../../daemon/client/address.ts";
import { refusedWith, tooSlow, unreachable } from "../../../daemon/client/failure.ts";
import { resolveCommand } from "../../../daemon/io/command.ts";
import { describeDispatchers } from "../../../daemon/io/dispatchers.ts";
import { fillIn, translateWith } from "../../../extension/model/l10n.ts";
import { supervisorWords } from "../../../extension/model/supervisor-words.ts";

const bundle = join(import.meta.dirname, "../../../extension/l10n/bundle.l10n.zh-cn.json");
const chinese: Readonly<Record<string, string>> = JSON.parse(readFileSync(bundle, "utf8"));

afterEach(() => translateWith(fillIn));

function inChinese(sentence: string): string {
  translateWith((text, ...values) => fillIn(chinese[text] ?? text, ...values));
  return supervisorWords(sentence);
}

describe("a sentence of known shape is told in English and Chinese", () => {
  test.each([
    [
      "Exited too quickly (process log may have details)",
      "Exited too quickly (process log may have details)",
      "退出过快（详情可能在程序日志中）",
    ],
    ["Bad exit code 3", "exit code 3", "退出码 3"],
    ["Bad exit code -1", "ended by a signal", "被信号终止"],
    ["can't find command '/no/such'", "can't find command '/no/such'", "找不到命令 '/no/such'"],
    [
      "couldn't chdir to /a: b: ENOENT",
      "couldn't change to the directory /a: b: no such file or directory",
      "无法进入目录 /a: b：没有这个文件或目录",
    ],
    [
      "cannot use /w/.env of env_files: in line 3 a quote is not closed",
      "cannot use /w/.env of env_files: in line 3 a quote is not closed",
      "无法使用 env_files 中的 /w/.env：第 3 行有引号没有闭合",
    ],
    [
      "cannot write /l/web.log: ENOSPC: no space left on device, write; 12 bytes are missing",
      "cannot write /l/web.log: no space left on the disk; 12 bytes are missing",
      "无法写入 /l/web.log：磁盘没有剩余空间；缺失 12 字节",
    ],
    [
      "cannot start a:web and 2 more: there are too many processes; it is tried again every second",
      "cannot start a:web and 2 more: there are too many processes; it is tried again every second",
      "无法启动 a:web 等（另有 2 个）：进程过多；每秒重试一次",
    ],
    [
      "cannot start a:web: its directory /w is gone; it is tried again every second",
      "cannot start a:web: its directory /w is gone; it is tried again every second",
      "无法启动 a:web：它的目录 /w 已不存在；每秒重试一次",
    ],
    [
      "the configuration has no a:web any more",
      "the configuration has no a:web any more",
      "配置中已没有 a:web",
    ],
  ])("%s", (sentence, english, words) => {
    expect(supervisorWords(sentence)).toBe(english);
    expect(inChinese(sentence)).toBe(words);
  });
});

const address = parseServerUrl("http://127.0.0.1:9001", {});

/** As the parts of the daemon, and of the client, themselves word them. */
const TOLD: readonly string[] = [
  ...["/no/such", "'", "a\\", "", "/", "/etc/passwd"].map((command) => {
    const resolved = resolveCommand(command, "/bin");
    return resolved.ok ? "" : resolved.reason;
  }),
  describeDispatchers("web", errno("EMFILE")),
  describeDispatchers("web", errno("EACCES")),
  unreachable(address, errno("ECONNREFUSED")).message,
  unreachable(address, errno("EHOSTUNREACH")).message,
  tooSlow(address, 5000).message,
  refusedWith(address, 401).message,
  refusedWith(address, 502).message,
];

test.each(TOLD)("what is told here as %o is Chinese for who reads Chinese", (sentence) => {
  expect(inChinese(sentence)).toMatch(/[\u4e00-\u9fff]/);
  expect(inChinese(sentence)).not.toMatch(/[a-z]{3,} [a-z]{2,}/);
});

test("a sentence of another shape stays as it is", () => {
  expect(inChinese("the moon is full")).toBe("the moon is full");
});

test("a sentence without end takes no time", () => {
  const endless = `cannot write ${": ;".repeat(300_000)}`;
  expect(inChinese(endless)).toBe(endless);
});

function errno(code: string): Error {
  return Object.assign(new Error(`${code}: words of the system`), { code });
}
