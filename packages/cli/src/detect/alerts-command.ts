import { userInfo } from "node:os";
import { alertObject, alertStates, alertText, openStore } from "@telltale/detect";
import type { AlertState, StoredAlert } from "@telltale/detect";
import { visible } from "@telltale/vocabulary";
import { writeOut } from "../output.ts";
import { wantsColour } from "../terminal.ts";
import { levelOf } from "./levels.ts";
import { choiceOf, durationOf, usage } from "./values.ts";

export interface AlertsFlags {
  readonly state: string;
  readonly is?: string;
  readonly severity?: string;
  readonly since?: string;
  readonly limit?: string;
  readonly format?: string;
  readonly note?: string;
  readonly color?: boolean;
}

/** Lists the alerts that a detector has stored, the newest first. */
export async function alertsCommand(flags: AlertsFlags): Promise<number> {
  const store = openStore(flags.state, { mode: "read" });
  const found = store.list({
    state: flags.is === undefined ? undefined : choiceOf("--is", flags.is, alertStates),
    level: flags.severity === undefined ? undefined : levelOf("--severity", flags.severity),
    since: flags.since === undefined ? undefined : Date.now() - durationOf("--since", flags.since),
    limit: flags.limit === undefined ? 50 : limitOf(flags.limit),
  });
  if (isJson(flags)) await writeOut(found.map((one) => `${JSON.stringify(plainOf(one))}\n`).join(""));
  else await writeOut(found.length === 0 ? "no alerts\n" : found.map(lineOf).join(""));
  return 0;
}

/** Shows one alert whole, and what people made of it. */
export async function showAlertCommand(id: string, flags: AlertsFlags): Promise<number> {
  const store = openStore(flags.state, { mode: "read" });
  const found = store.get(idOf(id));
  if (found === undefined) throw usage(`no alert begins with ${id} in ${flags.state}; telltale alerts lists them`);
  if (isJson(flags)) await writeOut(`${JSON.stringify(plainOf(found))}\n`);
  else {
    const colour = wantsColour(flags.color, process.env, process.stdout.isTTY === true);
    const history = found.changes.map(
      ({ state, by, note, time }) =>
        `            ${timeOf(time)}  ${visible(`${state} by ${by}${note === undefined ? "" : `: ${note}`}`)}\n`,
    );
    await writeOut(`${alertText(found.alert, { color: colour })}\n  state     ${found.state}\n${history.join("")}`);
  }
  return 0;
}

/** Says what became of an alert; works while a detector runs on the same folder. */
export async function setAlertCommand(id: string, state: AlertState, flags: AlertsFlags): Promise<number> {
  const store = openStore(flags.state, { mode: "read" });
  const changed = store.setState(idOf(id), state, { by: userName(), ...(flags.note === undefined ? {} : { note: flags.note }) });
  await writeOut(lineOf(changed));
  return 0;
}

function lineOf({ alert, state }: StoredAlert): string {
  const group = Object.values(alert.group).map((value) => value ?? "(none)");
  const columns = [alert.id.slice(0, 8), timeOf(alert.completed), state.padEnd(12), alert.rule.level.padEnd(8), alert.rule.title, ...group];
  // The group is what an attacker typed.
  return `${columns.map(visible).join("  ")}\n`;
}

/** To the second, as in the report of an alert. */
function timeOf(time: number): string {
  return new Date(time)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "Z");
}

/** Who says so. In a container the number of the user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env["USER"] ?? `user ${process.getuid?.() ?? "unknown"}`;
  }
}

function plainOf({ alert, state, changes }: StoredAlert): object {
  return { ...alertObject(alert), state, changes };
}

/** The id of an alert; what reports write behind it (`-closed`, `-grown-20`) may stand there. */
function idOf(text: string): string {
  return text.toLowerCase().replace(/-(opened|closed|grown-\d+)$/, "");
}

function isJson({ format }: AlertsFlags): boolean {
  return choiceOf("--format", format ?? "text", ["text", "json"]) === "json";
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit < 1) throw usage(`--limit takes a number from 1, not "${text}"`);
  return limit;
}
