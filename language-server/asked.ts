import type { Document } from "../daemon/config/document.ts";
import type { Reading } from "../daemon/config/read.ts";
import type { Site } from "./features/site.ts";
import type { Workspace } from "./workspace.ts";

/** A document that is asked about, and the configuration that it is part of. */
export type Asked = {
  readonly site: Site;
  readonly document: Document;
  readonly reading: Reading;
};

/** The document of a URI; null for one that is closed or too long. */
export function asked(workspace: Workspace, uri: string): Asked | null {
  const judgement = workspace.judge(uri);
  const document = judgement?.reading.documents.get(judgement.file);
  if (judgement === null || document === undefined) return null;
  const { file, find, reading } = judgement;
  const site = { file, find, documents: reading.documents };
  return { site, document, reading };
}
