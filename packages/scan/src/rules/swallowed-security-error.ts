import type { ContentRule } from "./scene.ts";

export const swallowedSecurityError: ContentRule = {
  id: "swallowed-security-error",
  mayHold: null,
  check: () => [],
};
