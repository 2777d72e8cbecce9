import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { lineOf, presets, simulate } from "../../packages/detect/dist/index.js";

const DAY = 86_400_000;

/** The standard scenario with so many more users that it has at least `events` events in two weeks. */
function scenarioOf(events) {
  const { population, attacks, duration } = presets.standard;
  // Some 11,400 events a day come from services whatever the number of users, and some 18 from each user.
  const users = Math.max(500, Math.ceil((events / (duration / DAY) - 11_400) / 14));
  return { ...presets.standard, seed: 404, population: { ...population, users }, attacks };
}

/**
 * Writes the same events twice: as JSON lines of `@telltale/log`, and as the lines that sshd would write of them. Two sizes of each,
 * `events` and a tenth of them, and of the second log also smaller ones for contenders that need them.
 */
export async function writeCorpora(folder, events, sizes) {
  const wanted = sizes.map((size) => ({ size, json: open(`${folder}/events-${size}.json`), sshd: open(`${folder}/sshd-${size}.log`) }));
  let count = 0;
  const logins = { failed: 0, worked: 0 };
  for (const event of simulate(scenarioOf(events))) {
    if (count === events) break;
    const json = `${lineOf(event)}\n`;
    const sshd = `${sshdLine(event, count)}\n`;
    for (const one of wanted) {
      if (count >= one.size) continue;
      await one.json.add(json);
      await one.sshd.add(sshd);
    }
    if (event.fields.event === "authn_login_fail") logins.failed += 1;
    if (event.fields.event === "authn_login_success") logins.worked += 1;
    count += 1;
  }
  if (count < events) throw new Error(`the scenario has ${count} events, not ${events}`);
  for (const one of wanted) {
    await one.json.end();
    await one.sshd.end();
  }
  return { users: scenarioOf(events).population.users, ...logins };
}

export const jsonOf = (folder, size) => `${folder}/events-${size}.json`;
export const sshdOf = (folder, size) => `${folder}/sshd-${size}.log`;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Logins as sshd says them; every other event as a line that is no try to log in, of which such a log is full. */
function sshdLine({ time, fields }, number) {
  const date = new Date(time);
  const [day, clock] = [String(date.getUTCDate()).padStart(2), date.toISOString().slice(11, 19)];
  const head = `${months[date.getUTCMonth()]} ${day} ${clock} web-1 sshd[${1000 + (number % 60_000)}]: `;
  const from = `from ${fields.source?.ip ?? "192.0.2.1"} port ${1024 + (number % 60_000)}`;
  const user = fields.actor?.id ?? "nobody";
  if (fields.event === "authn_login_success") return `${head}Accepted password for ${user} ${from} ssh2`;
  if (fields.event === "authn_login_fail")
    return `${head}Failed password for ${fields.reason === "unknown_user" ? "invalid user " : ""}${user} ${from} ssh2`;
  if (fields.source !== undefined) return `${head}Received disconnect ${from}:11: disconnected by user`;
  return `${head}pam_unix(sshd:session): session closed for user ${user}`;
}

/** A file that is written in large pieces. */
function open(path) {
  const file = createWriteStream(path);
  let text = "";
  return {
    async add(line) {
      text += line;
      if (text.length < 1 << 16) return;
      const piece = text;
      text = "";
      if (!file.write(piece)) await once(file, "drain");
    },
    async end() {
      file.end(text);
      await once(file, "close");
    },
  };
}
