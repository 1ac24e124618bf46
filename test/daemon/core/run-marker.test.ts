import { expect, test } from "vitest";
import { formatMarker, parseMarker } from "../../../daemon/core/run-marker.ts";

test("a marker is read as it was written, whatever the names are", () => {
  for (const name of ["web", "a:b", "a b", "100%", "ü", "x=y", "line\nbreak"]) {
    const marker = { daemon: "0123abcd", group: `group ${name}`, name, run: "f00d" };
    expect(parseMarker(formatMarker(marker))).toEqual(marker);
  }
});

test("a marker has nothing in it that an environment or a line of text could be cut at", () => {
  expect(formatMarker({ daemon: "0a", group: "a:b", name: "ü\n\0=", run: "1" })).toBe(
    "0a:a%3Ab:%C3%BC%0A%00%3D:1",
  );
});

test("what is none of ours is no marker", () => {
  for (const text of ["", "web", "a:b:c", "a:b:c:", "a:b:c:d:e", "a:%:c:d", ":b:c:d"])
    expect(parseMarker(text)).toBeNull();
});
