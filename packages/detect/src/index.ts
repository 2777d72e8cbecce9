export type { Alert, AlertRule, Evidence } from "./alert.ts";
export type { Engine, EngineStats, Locate, Output, Source } from "./contract.ts";
export { createDetector } from "./detector.ts";
export type { Detector, DetectorOptions } from "./detector.ts";
export { createEngine } from "./engine/index.ts";
export { DetectError } from "./errors.ts";
export { telltaleSource } from "./event.ts";
export type { Fields, FieldValue, LogSource, SecurityEvent } from "./event.ts";
export { createReader, formats, readMapping } from "./formats/index.ts";
export type { Mapping } from "./formats/index.ts";
export { geoPackages, openGeo } from "./geo/index.ts";
export type { Geo } from "./geo/index.ts";
export { compileMatch, wantedEvents } from "./match/index.ts";
export { alertObject, alertText, createOutput, grouped, liveTable, openOutbox, outputForms } from "./outputs/index.ts";
export type { LiveState, LiveTable, Outbox } from "./outputs/index.ts";
export { defaultPack, packFolder } from "./pack.ts";
export { prepareState } from "./pipeline/checkpoint.ts";
export { createDelivery } from "./pipeline/delivery.ts";
export type { Delivery } from "./pipeline/delivery.ts";
export { run } from "./pipeline/run.ts";
export type { RunOptions, RunState } from "./pipeline/run.ts";
export type { Note, SourceTally } from "./pipeline/tally.ts";
export { levels } from "./rule-ir.ts";
export type { CorrelationRule, DetectionRule, Level, Rule, RuleSet } from "./rule-ir.ts";
export { testRules } from "./rule-test.ts";
export type { SampleResult } from "./rule-test.ts";
export { readRuleFiles } from "./sigma/files.ts";
export { loadRules, readSamples } from "./sigma/index.ts";
export type { RuleText, Sample } from "./sigma/index.ts";
export {
  attackClasses,
  attackOverHttp,
  classesOf,
  lineOf,
  presets,
  readScenario,
  scoreAlerts,
  scoreJson,
  scoreText,
  simulate,
  truthOf,
} from "./simulate/index.ts";
export type { HttpAttackClass, SimulationOptions, Truth } from "./simulate/index.ts";
export { fileSource, httpSource, journaled, journalStream, openJournal, stdinSource, syslogSource } from "./sources/index.ts";
export type { Journal } from "./sources/index.ts";
export { alertStates, openStore } from "./store/index.ts";
export type { AlertState, Store, StoredAlert } from "./store/index.ts";
