export { alertKey, boundedAlert } from "./bounded-alert.ts";
export { alertStates } from "./state-file.ts";
export type { AlertState, StateChange } from "./state-file.ts";
export { openStore } from "./store.ts";
export type { AlertFilter, Store, StoredAlert, StoreOptions } from "./store.ts";
