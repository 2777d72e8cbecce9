import { isGap, type GapFound, type Outcome } from "@telltale/scan/analysis";
import { functionAround, statementsAround } from "../places/statement.ts";
import { overlaps } from "../apply/texts.ts";
import type { Edit, FileEdits, Fix, Refusal, Refused } from "../contract.ts";
import { isRefused } from "../contract.ts";
import type { Case, Fixer } from "./context.ts";
import { whereOf } from "./site.ts";
import { keyOf, type Wish } from "./wish.ts";
import { writeLine, type Written } from "./line.ts";

/** Handlers that leave no record, or none of one kind of outcome. */
export const missingLog: Fixer = {
  rules: ["missing-security-log", "missing-failure-log", "missing-success-log"],
  fix: (context, cases) => {
    const wishes = cases.map((one) => wishesOf(one));
    const groups = groupBySite(wishes.flatMap((list) => list.filter((wish) => !isRefused(wish)) as Wish[]));
    const written = new Map([...groups].map(([key, group]) => [key, groups.has(asSuccess(key)) ? BOTH : writeLine(context, group)]));
    return cases.map((one, i) => gather(one, wishes[i]!, written));
  },
};

function wishesOf({ live }: Case): readonly (Wish | Refused)[] {
  if (!isGap(live)) return [];
  const told = live.silent.filter((outcome) => outcome.kind === "failure" || isSuccess(outcome, live.silent));
  return told.map((outcome) => {
    if (isMute(live.judged, outcome)) return { kind: "unclear", reason: "nothing there says that anything is refused" };
    if (outcome.kind === "success" && checksToken(live.judged))
      return { kind: "unclear", reason: "a token is checked there on every request, which is no login" };
    const where = whereOf(live.judged, outcome);
    if (where === undefined) return { kind: "unclear", reason: "which code ends this outcome is not known" };
    return { gap: live, outcome, where };
  });
}

/**
 * Of several ways that nobody can say of whether they do anything, the one that goes through the whole handler is the
 * success; a `return` in a branch before it says that there was nothing to do.
 */
function isSuccess(outcome: Outcome, silent: readonly Outcome[]): boolean {
  const all = silent.filter(({ kind }) => kind === "success");
  if (outcome.done || all.length === 1) return true;
  if (all.some(({ done }) => done)) return false;
  const outer = all.filter(({ ending: { at } }) => statementsAround(at.file, functionAround(at.file, at.span), at.span).length <= 1);
  return outer.length > 0 ? outer.includes(outcome) : outcome === all.at(-1);
}

/** A route that returns without a word: where nothing was refused before, that is no refusal. */
function isMute({ found: { handler } }: GapFound["judged"], { kind, ending: { at, text, thrown } }: Outcome): boolean {
  if (kind === "success" || handler.kind !== "route" || text !== "returns" || thrown !== undefined) return false;
  return !/\b(?:false|null|undefined|nil|None|error|Err)\b|unauthori|forbidden|denied|40[13]/i.test(
    at.file.text.slice(at.span.start, at.span.end),
  );
}

/** Strategies that check what every request carries: https://www.passportjs.org/concepts/authentication/ */
const TOKENS = /^passport-(?:jwt|anonymous|http-bearer|headerapikey|custom)$/;

function checksToken({ found: { handler } }: GapFound["judged"]): boolean {
  return handler.kind === "callback" && handler.file.imports.some(({ source }) => TOKENS.test(source));
}

/** A line before code that ends in success as well would tell of a failure that was none. */
const BOTH: Refused = { kind: "unclear", reason: "one and the same code ends in success and in failure" };

/** Under which key the same code is where it ends in success; "" for those of a success. */
const asSuccess = (key: string): string => (key.startsWith("failure:") ? key.replace("failure", "success") : "");

/** What ends at one place gets one line, for however many handlers. */
function groupBySite(wishes: readonly Wish[]): ReadonlyMap<string, readonly Wish[]> {
  const groups = new Map<string, Wish[]>();
  for (const wish of wishes) {
    const group = groups.get(keyOf(wish));
    if (group === undefined) groups.set(keyOf(wish), [wish]);
    else group.push(wish);
  }
  return groups;
}

function gather({ finding }: Case, wishes: readonly (Wish | Refused)[], written: ReadonlyMap<string, Written | Refused>): Fix | Refusal {
  const results = wishes.map((wish) => (isRefused(wish) ? wish : written.get(keyOf(wish))!));
  const wanted = [...new Set(results.filter((one): one is Written => !isRefused(one)))];
  const lines = wanted.filter((one, i) => !wanted.slice(0, i).some((other) => clash(one, other)));
  const left = [...results.filter((one): one is Refused => isRefused(one)), ...(lines.length < wanted.length ? [LATER] : [])];
  if (lines.length === 0) return { finding, ...(left[0] ?? { kind: "unclear", reason: "no outcome is silent" }) };
  return {
    finding,
    title: `Record ${[...new Set(lines.map(({ event }) => event))].join(" and ")}`,
    safe: lines.every(({ safe }) => safe),
    files: byFile(lines),
    left,
  };
}

/** It is written in the next round. */
const LATER: Refused = { kind: "no-place", reason: "another line of the same fix rewrites the code where it would stand" };

const clash = (a: Written, b: Written): boolean =>
  a.file === b.file && a.edits.some((edit) => b.edits.some((other) => overlaps(edit, other)));

function byFile(lines: readonly Written[]): readonly FileEdits[] {
  const files = new Map<string, Edit[]>();
  for (const { file, edits } of lines) files.set(file, [...(files.get(file) ?? []), ...edits]);
  return [...files].map(([file, edits]) => ({ file, edits }));
}
