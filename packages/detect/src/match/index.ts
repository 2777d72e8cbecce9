export { compileMatch, type EventTest } from "./compile.ts";
export { eventNames } from "./event-names.ts";
export { wantedEvents } from "./wanted.ts";
