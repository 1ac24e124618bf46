import { expect, test } from "vitest";
import { around, PROGRAMS } from "../helpers/ctl-programs.ts";
import { playScript } from "../helpers/ctl-script.ts";
import { onBoth, setRunningStage } from "../helpers/ctl-stage.ts";

test("supervisorctl prints what Debian's prints, with the same exit status, whatever is typed", async () => {
  const { ours, expected } = await onBoth(setRunningStage, around(PROGRAMS), playScript);
  expect(ours).toEqual(expected);
}, 120_000);
