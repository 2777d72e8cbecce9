import { execFile } from "node:child_process";
import { TelltaleError } from "@telltale/scan";
import type { Changed, LineRange } from "@telltale/scan";
import { causeText } from "./cause.ts";

/** Settings of a repository that would run a program or change what is printed are switched off. */
const plain = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"];
const diff = [
  "diff",
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--no-renames",
  "--ignore-submodules",
  "--diff-filter=d",
  "--relative",
];

/**
 * What changed in `root` since `ref` parted from the current commit, with what is not committed and not yet tracked.
 * Paths are relative to `root`. Throws TT1201 (no repository), TT1202 (unknown revision) or TT1203 (no git).
 */
export async function changedSince(ref: string, root: string): Promise<Changed> {
  await git(["rev-parse", "--is-inside-work-tree"], root, (cause) => new TelltaleError("TT1201", { path: root, cause }));
  const base = await baseOf(ref, root);
  const [names, hunks, untracked] = await Promise.all([
    git([...diff, "--name-only", "-z", base, "--", "."], root),
    git([...diff, "-U0", base, "--", "."], root),
    git(["ls-files", "--others", "--exclude-standard", "-z"], root),
  ]);
  const changed = new Map<string, "all" | readonly LineRange[]>(rangesOf(listed(names), hunks));
  for (const file of listed(untracked)) changed.set(file, "all");
  return changed;
}

async function baseOf(ref: string, root: string): Promise<string> {
  const unknown = (): TelltaleError => new TelltaleError("TT1202", { ref });
  const commit = await git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`], root, unknown);
  // Histories that share no commit have no base; the revision itself is compared then.
  const base = await git(["merge-base", commit.trim(), "HEAD"], root).catch(() => commit);
  return base.trim();
}

function listed(output: string): readonly string[] {
  return output.split("\0").filter((name) => name !== "");
}

/** Both outputs list the same files in the same order, so names need not be read from the headers, where git quotes them. */
function rangesOf(files: readonly string[], hunks: string): ReadonlyMap<string, readonly LineRange[]> {
  const ranges = new Map<string, LineRange[]>();
  let current: LineRange[] = [];
  let index = 0;
  for (const line of hunks.split("\n")) {
    if (line.startsWith("diff --git ")) {
      current = [];
      ranges.set(files[index++] ?? "", current);
    }
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk !== null) current.push(rangeOf(Number(hunk[1]), hunk[2] === undefined ? 1 : Number(hunk[2])));
  }
  return ranges;
}

/** Lines that were only deleted touch the lines before and after the place where they stood. */
function rangeOf(first: number, length: number): LineRange {
  return length === 0 ? [first, first + 1] : [first, first + length - 1];
}

/** What git prints. Throws TT1203 where there is no git, else what `explain` makes of git's own words. */
function git(args: readonly string[], cwd: string, explain?: (cause: string) => Error): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile("git", [...plain, ...args], { cwd, maxBuffer: 2 ** 30, encoding: "utf8" }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      if (typeof error.code === "string") return reject(new TelltaleError("TT1203", { cause: causeText(error) }));
      const cause =
        stderr
          .trim()
          .split("\n")[0]
          ?.replace(/^fatal: /, "") || "no work tree";
      reject(explain?.(cause) ?? new TelltaleError("TT1201", { path: cwd, cause }));
    });
  });
}
