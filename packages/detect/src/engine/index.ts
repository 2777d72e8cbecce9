export { createEngine } from "./engine.ts";
export type { EngineOptions } from "./engine.ts";
export type { EngineNote } from "./notes.ts";
