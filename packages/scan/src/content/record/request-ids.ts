import type { Project } from "../../project/project.ts";

/** How applications and what stands before them call the ID of a request. */
const REQUEST_ID = /x-request-id|x-correlation-id|\b(?:request|correlation)_?id\b/i;

/** Whether anything in a project gives requests an ID: a field that is always empty helps nobody. Read when first asked. */
export function createRequestIds(project: Project): () => boolean {
  let has: boolean | undefined;
  return () => (has ??= [...project.texts.values()].some((text) => REQUEST_ID.test(text)));
}
