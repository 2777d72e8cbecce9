import { isGap, type GapFound, type Outcome, type Project } from "@telltale/scan/analysis";
import { overlaps } from "../apply/texts.ts";
import type { Edit, FileEdits, Fix, Refusal, Refused } from "../contract.ts";
import { isRefused } from "../contract.ts";
import { writerOf } from "../languages/index.ts";
import { shapeFor, type Shaped } from "../shapes/shape.ts";
import { endsAround } from "../shapes/siblings.ts";
import { isToldApart } from "./apart.ts";
import type { Case, Context, Fixer } from "./context.ts";
import { twinsOf } from "./chained.ts";
import { whereOf } from "./site.ts";
import { throwOf } from "./thrown.ts";
import { toldOf } from "./told.ts";
import type { Where } from "./where.ts";
import { keyOf, type Wish } from "./wish.ts";
import { writeLine, type Written } from "./line.ts";

/** Handlers that leave no record, or none of one kind of outcome. */
export const missingLog: Fixer = {
  rules: ["missing-security-log", "missing-failure-log", "missing-success-log"],
  fix: (context, cases) => {
    const shapes = cases.map(({ finding, live }) => (isGap(live) && !context.plain(finding) ? shapeFor(context, live) : undefined));
    const wishes = cases.map((one, i) => wishesOf(one, shapes[i], context));
    const groups = groupBySite(wishes.flatMap((list) => list.filter((wish) => !isRefused(wish)) as Wish[]));
    const written = new Map(
      [...groups].map(([key, group]) => [
        key,
        groups.has(asSuccess(key)) && !isToldApart(group[0]!.where) ? BOTH : writeLine(context, group),
      ]),
    );
    return cases.map((one, i) => gather(one, wishes[i]!, written, shapes[i]));
  },
};

/** The outcomes that want a line: those that are not recorded by what is put around the handler. */
function wishesOf({ live }: Case, shape: Shaped | undefined, context: Context): readonly (Wish | Refused)[] {
  if (!isGap(live)) return [];
  const silent = live.silent.filter(({ kind }) => shape?.closes.has(kind) !== true);
  if (silent.length === 0) return [];
  return toldOf({ ...live, silent }).flatMap((outcome): readonly (Wish | Refused)[] => {
    if (isRefused(outcome)) return [outcome];
    if (endsAround(context, live.judged, outcome)) {
      const where = outcome.kind === "failure" ? throwOf(live.judged.fn) : undefined;
      return [where === undefined ? AROUND : { gap: live, outcome, where }];
    }
    if (isMadeElsewhere(live.judged)) return [MADE_ELSEWHERE];
    const places = placesOf(live.judged, outcome, context.analysis.project);
    if (places.length === 0) return [{ kind: "unclear", reason: "which code ends this outcome is not known" }];
    return places.map((where) => ({ gap: live, outcome, where }));
  });
}

/** A class names what its library does: the handler stands for code that the project does not hold. */
const isMadeElsewhere = ({ fn }: GapFound["judged"]): boolean => fn !== undefined && !fn.file.functions.includes(fn);

const MADE_ELSEWHERE: Refused = { kind: "no-place", reason: "its library does the work: no function of the project holds it" };

const AROUND: Refused = { kind: "unclear", reason: "it ends in what stands around the handler, where others end as well" };

/** Ways that end in one place may have been decided on in several: that many of them get their line. */
const MOST_PLACES = 6;

function placesOf(judged: GapFound["judged"], outcome: Outcome, project: Project): readonly Where[] {
  const first = whereOf(judged, outcome, project);
  if (outcome.kind === "success" || writerOf(judged.file.language)?.givesAnswers !== true) return first === undefined ? [] : [first];
  const silent = outcome.ways.filter(({ way }) => way.records === null);
  const all = [first, ...silent.map((ending) => whereOf(judged, { ...outcome, ending }, project))];
  const found = all.flatMap((where) => (where === undefined ? [] : [where, ...(where.answers === true ? twinsOf(where) : [])]));
  const places = new Map(found.map((where) => [`${where.file.path}:${where.span.start}`, where]));
  return [...places.values()].slice(0, MOST_PLACES);
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

function gather(
  { finding }: Case,
  wishes: readonly (Wish | Refused)[],
  written: ReadonlyMap<string, Written | Refused>,
  shape: Shaped | undefined,
): Fix | Refusal {
  const results = [
    ...(shape === undefined ? [] : [{ ...shape, safe: true }]),
    ...wishes.map((wish) => (isRefused(wish) ? wish : written.get(keyOf(wish))!)),
  ];
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
