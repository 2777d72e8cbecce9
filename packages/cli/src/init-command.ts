import { createSettings, init, unifiedDiff, writeSetup } from "@telltale/fix";
import type { Setup } from "@telltale/fix";
import { analysisOf } from "@telltale/scan/analysis";
import type { Tell } from "@telltale/scan";
import { visible } from "@telltale/vocabulary";
import { writeOut } from "./output.ts";
import type { Watch } from "./scan-command.ts";
import { readSettings } from "./settings.ts";
import { targetOf } from "./target.ts";
import { progressLine, wantsProgress } from "./terminal.ts";

/** The options of `telltale init`, as commander gives them. */
export interface InitFlags {
  readonly dryRun?: boolean;
  readonly config?: string;
  readonly progress: boolean;
}

/** Sets up a log for security events. Gives 0 (it is set up) or 1 (nothing to do, or something could not be written). */
export async function initCommand(folder: string | undefined, flags: InitFlags, watch: Watch): Promise<number> {
  const cwd = process.cwd();
  const { root, prefix } = targetOf(folder === undefined ? [] : [folder], cwd);
  const { config } = await readSettings({ root, prefix }, cwd, flags);
  const shown = wantsProgress(flags.progress, process.env, process.stderr.isTTY === true);
  const progress = progressLine(
    (text) => void process.stderr.write(text),
    () => performance.now(),
  );
  const tell: Tell = (event) => {
    watch(event.file);
    if (shown) progress.tell(event);
  };
  let setups: readonly Setup[];
  try {
    setups = init(await analysisOf({ root, config }, tell), createSettings(root));
  } finally {
    if (shown) progress.end();
  }
  if (setups.length === 0) {
    await writeOut(
      `Nothing to set up: no package here serves requests with a framework that is known, or all have ${"@telltale/log"} already.\n`,
    );
    return 1;
  }
  let failed = false;
  for (const setup of setups) failed = (await carryOut(root, prefix, setup, flags.dryRun === true)) || failed;
  return failed ? 1 : 0;
}

/** Writes or shows one package's part; true where something could not be written. */
async function carryOut(root: string, prefix: string, setup: Setup, dryRun: boolean): Promise<boolean> {
  if (dryRun) {
    const created = setup.created.map(({ file, text }) => ({ file, before: "", after: text }));
    const added = unifiedDiff(created, prefix).replaceAll(/^--- a\/.*$/gm, "--- /dev/null");
    await writeOut(`${added}${unifiedDiff(setup.changes, prefix)}`);
    process.stderr.write(summaryOf(setup, prefix, []));
    return false;
  }
  const notWritten = writeSetup(root, setup);
  await writeOut(summaryOf(setup, prefix, notWritten));
  return notWritten.length > 0;
}

function summaryOf(setup: Setup, prefix: string, notWritten: readonly { readonly file: string; readonly reason: string }[]): string {
  const where = `${prefix}${setup.folder}`.replace(/\/$/, "");
  const did = notWritten.length > 0 ? [] : setup.did;
  const lines = [
    `${setup.framework}${where === "" ? "" : ` in ${where}`}`,
    ...did.map((line) => `  done  ${line}`),
    ...notWritten.map(({ file, reason }) => `  not written  ${file}: ${reason}`),
    ...setup.left.map((line) => `  to do  ${line}`),
    ...(did.length > 0 || setup.left.length > 0 ? [`  next  ${setup.next.join(", then ")}`] : []),
  ];
  return `${lines.map(visible).join("\n")}\n`;
}
