import type { Config } from "./config.ts";

/** The settings where there is no telltale.yaml: what the schema makes of an empty one, without loading the schema. */
export const defaultConfig: Config = {
  include: [],
  exclude: [],
  rules: {},
  loggers: [],
  audit: [],
  actions: [],
  baseline: null,
  failOn: "low",
};
