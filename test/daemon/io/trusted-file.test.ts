import { closeSync, constants, lchownSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LogFile } from "../../../daemon/io/log-file.ts";
import { readRange } from "../../../daemon/io/log-part.ts";
import { writePid } from "../../../daemon/io/pidfile.ts";
import { openTrusted } from "../../../daemon/io/trusted-file.ts";
import { scratchFolder } from "../../helpers/scratch.ts";

function linked(): { target: string; link: string } {
  const folder = scratchFolder();
  const target = join(folder, "target");
  const link = join(folder, "link");
  writeFileSync(target, "precious");
  symlinkSync(target, link);
  return { target, link };
}

test("a link of this user's own is followed, as Supervisor follows any", () => {
  const { target, link } = linked();
  const log = new LogFile(link, 0, 0);
  log.append(Buffer.from(" text"));
  log.close();
  expect(readFileSync(target, "utf8")).toBe("precious text");
  expect(readRange(link, 0, 8).toString()).toBe("precious");
});

test("a link of root's is followed, as /dev/stdout is one", () => {
  closeSync(openTrusted("/dev/fd", constants.O_RDONLY));
});

test("a file that cannot be opened says why, as ever", () => {
  expect(() => openTrusted("/no/such/file", constants.O_RDONLY)).toThrow("ENOENT");
});

test.runIf(process.getuid?.() === 0)(
  "a link that another user made is not, to write, read, empty or for a pidfile",
  () => {
    const { target, link } = linked();
    lchownSync(link, 12345, 12345);
    const refusal = `cannot open ${link}: it is a symbolic link that another user (12345) made; if it is right: chown -h 0 ${link}`;
    expect(new LogFile(link, 0, 0).append(Buffer.from("text")).error?.message).toBe(refusal);
    expect(() => readRange(link, 0, 8)).toThrow(refusal);
    expect(() => writePid(link)).toThrow(refusal);
    expect(readFileSync(target, "utf8")).toBe("precious");
  },
);
