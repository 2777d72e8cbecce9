/** The contenders that are not ours: each is looked for, and gives its version and how to run it, or what is missing. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { look, measure } from "../scan/measure.mjs";

/** RSigma: `$RSIGMA`, or on PATH. Nothing of its state is given up, and one alert stands for ten minutes, as our episodes do. */
export async function rsigma() {
  const command = process.env.RSIGMA ?? "rsigma";
  const version = await versionOf([command, "--version"]);
  if (version === undefined) return { missing: "skipped: not on PATH and not in $RSIGMA (cargo install rsigma)" };
  const flags = ["--timestamp-field", "time", "--suppress", "10m", "--max-state-entries", "100000000", "--no-detections"];
  return {
    version,
    async run(log, rules) {
      const result = await measure([command, "engine", "eval", "--rules", rules, "--event", `@${log}`, ...flags]);
      return { ...result, found: `${/(\d+) correlation match/.exec(result.problems)?.[1] ?? "no"} matches` };
    },
  };
}

/** fail2ban-regex says which lines are failures; it counts nothing and bans nobody. */
export async function fail2banRegex() {
  const version = await versionOf(["fail2ban-regex", "--version"]);
  if (version === undefined) return { missing: "skipped: fail2ban-regex is not on PATH (apt install fail2ban)" };
  return {
    version: `fail2ban ${/\d+\.\d+\.\d+/.exec(version)?.[0] ?? version}`,
    async run(log) {
      const result = await measure(["fail2ban-regex", "--usedns=no", log, "sshd"]);
      return { ...result, found: `${/(\d+) matched/.exec(result.output)?.[1] ?? "no"} lines, counts nothing` };
    },
  };
}

/**
 * fail2ban-server on a file, polling, with an action that does nothing. It holds the times of lines against the clock and passes
 * over what is older than `findtime`, and bans whose time is over: to read a log of the past it gets twenty years of both, so that it
 * bans more.
 */
export async function fail2banServer(work) {
  const version = await versionOf(["fail2ban-server", "--version"]);
  if (version === undefined) return { missing: "skipped: fail2ban-server is not on PATH (apt install fail2ban)" };
  const folder = join(work, "fail2ban");
  cpSync("/etc/fail2ban", folder, { recursive: true, dereference: true });
  rmSync(join(folder, "jail.d"), { recursive: true, force: true });
  writeFileSync(join(folder, "action.d", "nothing.conf"), "[Definition]\nactionban =\nactionunban =\n");
  return { version: `fail2ban ${/\d+\.\d+\.\d+/.exec(version)?.[0] ?? version}`, run: (log) => serverOn(log, folder) };
}

async function serverOn(log, folder) {
  const options = {
    enabled: "true",
    backend: "polling",
    logpath: log,
    action: "nothing",
    maxretry: 5,
    findtime: "20y",
    bantime: "20y",
    usedns: "no",
  };
  writeFileSync(
    join(folder, "jail.local"),
    `[sshd]\n${Object.entries(options)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join("")}`,
  );
  const socket = join(folder, "server.sock");
  const said = join(folder, "server.log");
  rmSync(said, { force: true });
  const settings = ["-c", folder, "-s", socket, "-p", join(folder, "server.pid"), "--logtarget", said, "--loglevel", "NOTICE"];
  writeFileSync(join(folder, "fail2ban.local"), "[Definition]\ndbfile = :memory:\n");
  const started = performance.now();
  const child = spawn("fail2ban-server", ["-xf", ...settings, "start"], { stdio: "ignore" });
  const gone = new Promise((done, failed) => child.on("error", failed).on("close", () => done()));
  const [peaks, times] = [new Map(), new Map()];
  // It follows for ever: it is through when it has rested for a while.
  let [worked, until] = [0, performance.now()];
  while (performance.now() - until < 4000) {
    await sleep(50);
    look(child.pid, peaks, times);
    const processor = sum(times);
    if (processor - worked > 0.03) [worked, until] = [processor, performance.now()];
  }
  const { output } = await measure(["fail2ban-client", "-s", socket, "status", "sshd"]).catch(() => ({ output: "" }));
  child.kill("SIGTERM");
  await gone;
  const [failures, banned] = [/Total failed:\s*(\d+)/, /Total banned:\s*(\d+)/].map((pattern) => pattern.exec(output)?.[1] ?? "no");
  return { seconds: (until - started) / 1000, processor: worked, megabytes: sum(peaks), found: `${failures} failures, ${banned} bans` };
}

const hub = "/usr/share/crowdsec/hub";
/** What the Debian package ships, and where a configuration has it. */
const installed = [
  ["parsers/s00-raw", "parsers/s00-raw/crowdsecurity/syslog-logs.yaml"],
  ["parsers/s01-parse", "parsers/s01-parse/crowdsecurity/sshd-logs.yaml"],
  ["parsers/s02-enrich", "parsers/s02-enrich/crowdsecurity/dateparse-enrich.yaml"],
  ["scenarios", "scenarios/crowdsecurity/ssh-bf.yaml"],
];
const address = "127.0.0.1:18080";

/** CrowdSec replays a file and ends. It needs its own local API to hand alerts to, which runs in the same process, on SQLite. */
export async function crowdsec(work) {
  const version = await versionOf(["crowdsec", "-version"]);
  if (version === undefined || !existsSync(hub)) return { missing: "skipped: crowdsec is not on PATH with its hub (apt install crowdsec)" };
  const folder = join(work, "crowdsec");
  for (const name of ["parsers/s00-raw", "parsers/s01-parse", "parsers/s02-enrich", "scenarios", "postoverflows", "data"])
    mkdirSync(join(folder, name), { recursive: true });
  for (const [place, file] of installed) symlinkSync(join(hub, file), join(folder, place, file.split("/").at(-1)));
  cpSync("/etc/crowdsec/patterns", join(folder, "patterns"), { recursive: true });
  for (const file of ["simulation.yaml", "profiles.yaml"]) cpSync(join("/etc/crowdsec", file), join(folder, file));
  const config = join(folder, "config.yaml");
  const credentials = join(folder, "credentials.yaml");
  writeFileSync(credentials, `url: http://${address}\nlogin: bench\npassword: bench\n`);
  writeFileSync(config, configOf(folder, credentials));
  await measure([
    "cscli",
    "-c",
    config,
    "machines",
    "add",
    "bench",
    "--password",
    "bench",
    "--url",
    `http://${address}`,
    "-f",
    credentials,
    "--force",
  ]);
  return {
    version: `crowdsec ${/v?(\d+\.\d+\.\d+)/.exec(version)?.[1] ?? version}`,
    async run(log) {
      const result = await measure(["crowdsec", "-c", config, "-dsn", `file://${log}`, "-type", "syslog"]);
      const alerts = (result.output + result.problems).match(/performed 'crowdsecurity/g)?.length ?? 0;
      return { ...result, found: `${alerts} overflows` };
    },
  };
}

function configOf(folder, credentials) {
  return `common: { daemonize: false, log_media: stdout, log_level: info, working_dir: . }
config_paths:
  config_dir: ${folder}
  data_dir: ${folder}/data
  simulation_path: ${folder}/simulation.yaml
  hub_dir: ${hub}
  index_path: ${hub}/.index.json
crowdsec_service: { parser_routines: 1 }
db_config: { type: sqlite, db_path: ${folder}/data/crowdsec.db, use_wal: true }
api:
  client: { credentials_path: ${credentials} }
  server: { listen_uri: ${address}, profiles_path: ${folder}/profiles.yaml }
prometheus: { enabled: false }
`;
}

async function versionOf(command) {
  try {
    const { output, problems } = await measure(command);
    return `${output}${problems}`.trim().split("\n")[0].trim();
  } catch {
    return undefined;
  }
}

function sum(counts) {
  return [...counts.values()].reduce((total, one) => total + one, 0);
}
