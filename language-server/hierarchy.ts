import type { CallHierarchyItem, CallHierarchyPrepareParams, Connection } from "vscode-languageserver";
import { offsetAt } from "../daemon/config/lines.ts";
import { asked } from "./asked.ts";
import { ofReading } from "./current.ts";
import { hierarchyAt, incomingCalls, outgoingCalls } from "./features/call-hierarchy.ts";
import type { Site } from "./features/site.ts";
import type { Workspace } from "./workspace.ts";

/** Answers which groups hold a program, and what a group or a command acts on. */
export function answerHierarchy(connection: Connection, workspace: Workspace): void {
  const { callHierarchy } = connection.languages;
  const prepare = ({ textDocument, position }: CallHierarchyPrepareParams) => {
    const found = asked(workspace, textDocument.uri);
    return found === null ? [] : hierarchyAt(found.site, offsetAt(found.document.lines, position));
  };
  callHierarchy.onPrepare(ofReading(workspace, prepare));
  callHierarchy.onIncomingCalls(({ item }) => about(workspace, item, incomingCalls));
  callHierarchy.onOutgoingCalls(({ item }) => about(workspace, item, outgoingCalls));
}

/** The section of an item may stand in a file that is not open. */
function about<A>(
  workspace: Workspace,
  item: CallHierarchyItem,
  answer: (site: Site, item: CallHierarchyItem) => A[],
): A[] {
  const judgement = workspace.judgeOnDisk(item.uri);
  if (judgement === null) return [];
  const { file, find, reading } = judgement;
  return answer({ file, find, documents: reading.documents }, item);
}
