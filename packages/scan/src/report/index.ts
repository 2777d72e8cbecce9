import { agent } from "./agent.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import type { Report } from "./result.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** The formats; the first is the default. */
export const reports: readonly Report[] = [text, json, sarif, github, agent];
