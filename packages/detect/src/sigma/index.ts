export { type LoadedRules, type LoadOptions, loadRules, type RuleText } from "./rules.ts";
export { type ReadSamples, readSamples, type Sample, sampleStart } from "./samples.ts";
export type { SampleEvent } from "./sample-events.ts";
