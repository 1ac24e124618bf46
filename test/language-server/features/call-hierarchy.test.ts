import { expect, test } from "vitest";
import {
  hierarchyAt,
  incomingCalls,
  outgoingCalls,
} from "../../../language-server/features/call-hierarchy.ts";
import { type Files, siteOf, siteWith } from "../site.ts";

type Calls = { readonly at: string[]; readonly from: string[]; readonly to: string[] };

/** The sections at the cursor, those that name them, and those that they name. */
function calls(main: string, others: Files = {}): Calls {
  const { site, offset } = siteWith(main, others);
  const items = hierarchyAt(site, offset);
  const own = (uri: string) => siteOf(uri.replace("file://", ""), site.documents);
  return {
    at: items.map(({ name }) => name),
    from: items
      .flatMap((item) => incomingCalls(own(item.uri), item))
      .map(({ from, fromRanges }) => `${from.name} ${fromRanges.length}`),
    to: items
      .flatMap((item) => outgoingCalls(own(item.uri), item))
      .map(({ to, fromRanges }) => `${to.name} ${fromRanges.length}`),
  };
}

const PARTS = {
  "/w/conf.d/p.conf": "[program:web]\ncommand=a\n[program:db]\ncommand=b\n",
  "/w/conf.d/e.conf":
    "[eventlistener:ear]\nevents=TICK_5\ncommand=sh -c 'supervisorctl restart g:web; supervisorctl stop web'\n",
};

test("a group leads to its programs in other files", () => {
  expect(calls("[group:g¦]\nprograms=web,db,none\n", PARTS)).toEqual({
    at: ["group:g"],
    from: ["eventlistener:ear 1"],
    to: ["program:web 1", "program:db 1"],
  });
});

test("a program leads to the groups that hold it and the commands that act on it", () => {
  expect(calls("[group:g]\nprograms=we¦b,db\n", PARTS)).toEqual({
    at: ["program:web"],
    from: ["group:g 1", "eventlistener:ear 2"],
    to: [],
  });
});

test("a variable calls nothing", () => {
  expect(calls('[program:a]\nenvironment=¦A="1"\n').at).toEqual([]);
});
