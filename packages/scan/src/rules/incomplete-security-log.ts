import type { ContentRule } from "./scene.ts";

export const incompleteSecurityLog: ContentRule = {
  id: "incomplete-security-log",
  mayHold: null,
  check: () => [],
};
