import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changedSince } from "./git.ts";

let root: string;

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...identity, ...args], { cwd: root, stdio: "pipe" });
}

function write(path: string, ...lines: readonly string[]): void {
  writeFileSync(join(root, path), lines.map((line) => `${line}\n`).join(""));
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "telltale-git-"));
  git("init", "-q", "-b", "main");
  mkdirSync(join(root, "app"));
  write("app/a.ts", "1", "2", "3", "4", "5", "6", "7", "8");
  write("app/b.ts", "1");
  write(".gitignore", "ignored.ts");
  git("add", ".");
  git("commit", "-qm", "start");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("changedSince", () => {
  it("gives the lines that were changed, added and deleted, committed or not", async () => {
    write("app/a.ts", "1", "two", "3", "4", "4b", "4c", "5", "7", "8");
    expect(await changedSince("HEAD", root)).toEqual(
      new Map([
        [
          "app/a.ts",
          [
            [2, 2],
            [5, 6],
            [7, 8],
          ],
        ],
      ]),
    );
    git("commit", "-qam", "second");
    expect((await changedSince("HEAD", root)).size).toBe(0);
    expect([...(await changedSince("HEAD~1", root)).keys()]).toEqual(["app/a.ts"]);
  });

  it("counts untracked files whole, but not ignored or deleted ones", async () => {
    write("new.ts", "1");
    write("ignored.ts", "1");
    rmSync(join(root, "app/b.ts"));
    expect(await changedSince("HEAD", root)).toEqual(new Map([["new.ts", "all"]]));
  });

  it("compares with the point where a branch left, not with where the other went on", async () => {
    git("checkout", "-qb", "feature");
    write("app/b.ts", "one");
    git("commit", "-qam", "feature");
    git("checkout", "-q", "main");
    write("app/a.ts", "main went on");
    git("commit", "-qam", "main");
    git("checkout", "-q", "feature");
    expect([...(await changedSince("main", root)).keys()]).toEqual(["app/b.ts"]);
  });

  it("names files from the folder that is scanned, and only those in it", async () => {
    appendFileSync(join(root, "app/a.ts"), "9\n");
    write("outside.ts", "1");
    expect(await changedSince("HEAD", join(root, "app"))).toEqual(new Map([["a.ts", [[9, 9]]]]));
  });

  it("reads names that git would quote", async () => {
    const names = ['tab\t"quote".ts', "ünï côde.ts", "line\nbreak.ts", "+++ b.ts"];
    for (const name of names) write(name, "1", "2");
    git("add", ".");
    git("commit", "-qm", "names");
    for (const name of names) write(name, "1", "two", "diff --git a/x b/x");
    const changed = await changedSince("HEAD", root);
    expect([...changed.keys()].sort()).toEqual([...names].sort());
    for (const name of names) expect(changed.get(name)).toEqual([[2, 3]]);
  });

  it("runs no program that the repository names", async () => {
    const trace = join(root, "ran");
    writeFileSync(join(root, "hook.sh"), `#!/bin/sh\ntouch '${trace}'\n`, { mode: 0o755 });
    git("config", "core.fsmonitor", join(root, "hook.sh"));
    git("config", "diff.external", join(root, "hook.sh"));
    write("app/b.ts", "two");
    const changed = await changedSince("HEAD", root);
    expect(changed.get("app/b.ts")).toEqual([[1, 1]]);
    expect([...changed.keys()].sort()).toEqual(["app/b.ts", "hook.sh"]);
  });

  it("says which revision is unknown, and takes none for an option", async () => {
    await expect(changedSince("no-such", root)).rejects.toMatchObject({
      code: "TT1202",
      message: 'git does not know the revision "no-such"',
    });
    await expect(changedSince("--output=x", root)).rejects.toMatchObject({ code: "TT1202" });
  });

  it("says where there is no repository", async () => {
    rmSync(join(root, ".git"), { recursive: true });
    await expect(changedSince("HEAD", root)).rejects.toMatchObject({ code: "TT1201" });
  });

  it("says so in a repository without a commit", async () => {
    rmSync(join(root, ".git"), { recursive: true });
    git("init", "-q");
    await expect(changedSince("HEAD", root)).rejects.toMatchObject({ code: "TT1202" });
  });
});
