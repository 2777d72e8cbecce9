export { referenceEpisodes } from "./reference.ts";
export type { ReferenceEpisode, ReferenceOptions } from "./reference.ts";
