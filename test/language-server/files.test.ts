import { expect, test } from "vitest";
import { pathOfUri } from "../../language-server/files.ts";

test.each([
  ["a file is at its path", "file:///w/a%20b/s.conf", "/w/a b/s.conf"],
  ["what was never saved is in no folder", "untitled:Untitled-1", "/untitled%3AUntitled-1"],
  [
    "what is to be saved in a folder is in it, as no file that is there",
    "untitled:/w/a%20b/s.conf",
    "/w/a b/untitled%3A%2Fw%2Fa%2520b%2Fs.conf",
  ],
  [
    "so it is where the editor names the machine, too",
    "untitled://127.0.0.1:8000/w/s.conf",
    "/w/untitled%3A%2F%2F127.0.0.1%3A8000%2Fw%2Fs.conf",
  ],
  ["an encoded slash is no path", "file:///w%2Fs.conf", "/file%3A%2F%2F%2Fw%252Fs.conf"],
])("%s", (_, uri, path) => {
  expect(pathOfUri(uri)).toBe(path);
});
