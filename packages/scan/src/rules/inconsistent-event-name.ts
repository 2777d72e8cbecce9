import type { ContentRule } from "./scene.ts";

export const inconsistentEventName: ContentRule = {
  id: "inconsistent-event-name",
  mayHold: null,
  check: () => [],
};
