import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import type { TelltaleError } from "@telltale/scan";
import { causeText } from "./cause.ts";
import { addDetection } from "./detect/commands.ts";
import type { ExplainFlags, RulesFlags } from "./rules-command.ts";
import type { FixFlags } from "./fix-command.ts";
import type { InitFlags } from "./init-command.ts";
import type { ScanFlags } from "./scan-command.ts";
import { guardStreams } from "./streams.ts";
import type { VerifyFlags } from "./verify-command.ts";

/** Runs the command. Gives the exit status: 0 clean, 1 findings, 2 it could not be done. Never throws. */
export async function main(argv: readonly string[]): Promise<number> {
  guardStreams();
  let file: string | undefined;
  let status = 0;
  const program = build(
    (code) => (status = code),
    (current) => (file = current),
  );
  try {
    await program.parseAsync(argv, { from: "user" });
    return status;
  } catch (error) {
    return report(error, file);
  }
}

type Finish = (status: number) => void;

function build(finish: Finish, watch: (file: string | undefined) => void): Command {
  const program = new Command("telltale")
    .description(
      "Finds the security-sensitive handlers of an application that leave no trace, and raises the alarm on what the others write.",
    )
    .version(version())
    // What stands behind a command is an option of that command: `rules test --format json`.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .showSuggestionAfterError();
  addScan(program, finish, watch);
  addFix(program, finish, watch);
  addInit(program, finish, watch);
  addVerify(program, finish);
  const rules = program
    .command("rules")
    .enablePositionalOptions()
    .description("list the rules")
    .option("-f, --format <format>", "text or json", "text")
    .action(async (flags: RulesFlags) => finish(await (await import("./rules-command.ts")).rulesCommand(flags)));
  addDetection(program, rules, finish);
  program
    .command("explain")
    .argument("<rule>", "its id")
    .description("say what a rule finds, why it matters and what to do, with code in the languages of this project")
    .option("--all-languages", "show the examples in every language")
    .action(async (rule: string, flags: ExplainFlags) => finish(await (await import("./rules-command.ts")).explainCommand(rule, flags)));
  return program;
}

function addScan(program: Command, finish: Finish, watch: (file: string | undefined) => void): void {
  program
    .command("scan")
    .argument("[paths...]", "files and folders (default: the current folder)")
    .description("find outcomes that are not recorded, records that say too little, and log lines that say too much")
    .option("-f, --format <format>", "text, json, sarif, github or agent; FORMAT=FILE writes a file; repeatable", collect, [])
    .option("--explain <file:line>", "print all that is known of the handler or the finding there")
    .option("--config <file>", "settings (default: telltale.yaml of the scanned folder)")
    .option("--baseline <file>", "accept the findings listed there")
    .option("--update-baseline", "write today's findings to the baseline")
    .option("--changed [ref]", "only handlers and lines that the change since REF touches (default: HEAD); --changed=REF before paths")
    .option("--severity <level>", "only findings at or above: low, medium, high, critical")
    .option("--no-cache", "neither read nor write the cache")
    .option("--cache-dir <dir>", "where the cache stands")
    .option("--verbose", "shorten nothing")
    .option("-q, --quiet", "print the reports and errors only")
    .option("--no-progress", "show no progress")
    .option("--color", "colour the text report")
    .option("--no-color", "do not colour it")
    .addHelpText("after", "\nExit status: 0 no findings, 1 findings, 2 usage or internal error.")
    .action(async (paths: readonly string[], flags: ScanFlags) =>
      finish(await (await import("./scan-command.ts")).scanCommand(paths, flags, watch)),
    );
}

function addFix(program: Command, finish: Finish, watch: (file: string | undefined) => void): void {
  program
    .command("fix")
    .argument("[paths...]", "files and folders (default: the current folder)")
    .description("write the records that a scan finds missing")
    .option("--dry-run", "print a unified diff, and write nothing")
    .option("-i, --interactive", "ask for each finding")
    .option("--unsafe", "also make edits that may change what the code does")
    .option("--rule <id>", "only findings of this rule; repeatable", collect, [])
    .option("--changed [ref]", "only handlers that the change since REF touches (default: HEAD); --changed=REF before paths")
    .option("-f, --format <format>", "text, json or sarif", "text")
    .option("--config <file>", "settings (default: telltale.yaml of the scanned folder)")
    .option("--baseline <file>", "leave the findings listed there alone")
    .option("--verbose", "shorten nothing")
    .option("-q, --quiet", "print errors, and with --dry-run the diff, only")
    .option("--no-progress", "show no progress")
    .option("--color", "colour the summary")
    .option("--no-color", "do not colour it")
    .addHelpText("after", "\nExit status: 0 nothing is left to fix, 1 something is, 2 usage or internal error.")
    .action(async (paths: readonly string[], flags: FixFlags) =>
      finish(await (await import("./fix-command.ts")).fixCommand(paths, flags, watch)),
    );
}

function addInit(program: Command, finish: Finish, watch: (file: string | undefined) => void): void {
  program
    .command("init")
    .argument("[folder]", "the project (default: the current folder)")
    .description("set up a log for security events, for the frameworks that a scan finds")
    .option("--dry-run", "print a unified diff, and write nothing")
    .option("--config <file>", "settings (default: telltale.yaml of the folder)")
    .option("--no-progress", "show no progress")
    .addHelpText(
      "after",
      "\nA file that is there already is never overwritten.\nExit status: 0 set up, 1 nothing to set up or something could not be written, 2 usage or internal error.",
    )
    .action(async (folder: string | undefined, flags: InitFlags) =>
      finish(await (await import("./init-command.ts")).initCommand(folder, flags, watch)),
    );
}

function addVerify(program: Command, finish: Finish): void {
  program
    .command("verify")
    .argument("[files...]", "log files that @telltale/log sealed, rotated and packed ones too, in any order")
    .description("check hash chains: was a line changed, removed, inserted or moved")
    .option("-f, --format <format>", "text or json")
    .option("--public-key <file>", "Ed25519 key (PEM) that signed the checkpoints; repeatable", collect, [])
    .option("--last <number:hash>", "the last line as an earlier run printed it: nothing up to it may be missing")
    .option("--from-start", "the first line of the chain must be among the files")
    .option("--checkpoint-every <lines>", "no more lines than these may lie between two checkpoints")
    .option("--allow-unsealed", "lines without a seal are no fault")
    .option("--new-key <folder>", "make a pair of keys for signing, and verify nothing")
    .option("--no-progress", "show no progress")
    .option("--color", "colour the text report")
    .option("--no-color", "do not colour it")
    .addHelpText("after", "\nExit status: 0 intact, 1 not intact, 2 a file cannot be read, usage or internal error.")
    .action(async (files: readonly string[], flags: VerifyFlags) =>
      finish(await (await import("./verify-command.ts")).verifyCommand(files, flags)),
    );
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return (manifest as { readonly version: string }).version;
}

/** Prints an error for people and gives the exit status. */
async function report(error: unknown, file: string | undefined): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    // Without a command, commander has printed the help to standard error.
    if (error.code === "commander.help") return 2;
    const { TelltaleError } = await import("@telltale/scan");
    const cause = error.message.replace(/^error: /, "").replaceAll("\n", " ");
    return print(new TelltaleError("TT1105", { cause }));
  }
  const { TelltaleError } = await import("@telltale/scan");
  if (error instanceof TelltaleError) return print(error);
  // By its name: loading the detector to ask for its class would cost every other command.
  if (error instanceof Error && error.name === "DetectError") return print(new TelltaleError("TT1501", { cause: error.message }));
  const place = file === undefined ? "" : ` while analysing ${file}`;
  return print(new TelltaleError("TT9001", { place, cause: causeText(error) }, undefined, error));
}

async function print(error: TelltaleError): Promise<number> {
  const { visible } = await import("@telltale/vocabulary");
  // A defect is one line, so that it can be reported as it stands.
  const remedy = error.code === "TT9001" ? `. ${error.remedy}` : `\n  ${error.remedy}`;
  process.stderr.write(`telltale: ${error.code}: ${visible(error.message)}${remedy}\n`);
  if (process.env["TELLTALE_DEBUG"]) {
    const cause = error.cause instanceof Error ? error.cause : error;
    process.stderr.write(`${cause.stack ?? cause.message}\n`);
  }
  return error.exit;
}
