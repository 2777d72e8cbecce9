export { addressOf } from "./address.ts";
export { contextOf, type RequestContext } from "./request-context.ts";
export { type ContextOptions, type ContextSettings, contextSettings } from "./settings.ts";
export type { ContextSource } from "./source.ts";
export { type Affiliation, currentContext, identify, runInContext } from "./store.ts";
export { type Stray, type StrayCall, Strays } from "./strays.ts";
export { compileTrust, type Trust, type TrustOption } from "./trust.ts";
