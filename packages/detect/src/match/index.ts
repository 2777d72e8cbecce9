export { compileMatch, type EventTest } from "./compile.ts";
export { eventNames } from "./event-names.ts";
