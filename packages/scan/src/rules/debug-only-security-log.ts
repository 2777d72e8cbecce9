import type { ContentRule } from "./scene.ts";

export const debugOnlySecurityLog: ContentRule = {
  id: "debug-only-security-log",
  mayHold: null,
  check: () => [],
};
