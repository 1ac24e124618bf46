import { expect, test } from "vitest";
import { KeyLayout, ofKeys } from "../../../daemon/config/key-layout.ts";

function layoutOf(root: KeyLayout, ...keys: string[]): KeyLayout {
  return keys.reduce((layout, key) => layout.with(key), root);
}

test("the same keys in the same order have one layout, others have others", () => {
  const root = KeyLayout.empty();
  const layout = layoutOf(root, "command", "user");
  expect(layoutOf(root, "user", "command")).not.toBe(layout);
  expect(layoutOf(root, "command", "priority")).not.toBe(layout);
  expect(layoutOf(root, "command", "user")).toBe(layout);
  expect(layout.keys).toEqual(["command", "user"]);
});

test("a key that is there twice has its last place", () => {
  const layout = layoutOf(KeyLayout.empty(), "command", "user", "command");
  expect([...layout.places]).toEqual([
    ["command", 2],
    ["user", 1],
  ]);
  expect([layout.repeats, layoutOf(KeyLayout.empty(), "command", "user").repeats]).toEqual([true, false]);
});

test("what the keys decide is found out once for each layout", () => {
  const asked: string[] = [];
  const count = ofKeys((keys) => asked.push(keys.join()));
  const root = KeyLayout.empty();
  const layouts = [layoutOf(root, "a"), layoutOf(root, "b"), layoutOf(root, "a")];
  expect(layouts.map(count)).toEqual([1, 2, 1]);
  expect(asked).toEqual(["a", "b"]);
});
