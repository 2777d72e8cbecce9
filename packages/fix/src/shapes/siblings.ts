import type { GapFound, Judged, Outcome } from "@telltale/scan/analysis";
import { holds } from "../places/text.ts";
import type { Bench, Mark, Shape } from "./contract.ts";
import { decorator } from "./decorator.ts";
import { definitionOf } from "./known-names.ts";
import { option } from "./option.ts";
import { passed } from "./passed.ts";
import { wrapper } from "./wrapper.ts";

/** Every shape, by file name. */
const shapes: readonly Shape[] = [decorator, option, passed, wrapper];

type Kind = Outcome["kind"];

/** The marks of one key that handlers have, and which outcomes they record. */
export interface Idiom {
  /** Those of the siblings that decide. */
  readonly marks: readonly Mark[];
  /** Those of all that are like them: how names are put together. */
  readonly all: readonly Mark[];
  readonly closes: ReadonlySet<Kind>;
}

const known = new WeakMap<Bench["analysis"], ReadonlyMap<string, Idiom>>();

/** The shapes in which handlers of a project leave records, as the scan bears out. */
function idiomsIn(bench: Bench): ReadonlyMap<string, Idiom> {
  let mine = known.get(bench.analysis);
  if (mine === undefined) known.set(bench.analysis, (mine = read(bench)));
  return mine;
}

function read(bench: Bench): ReadonlyMap<string, Idiom> {
  const byKey = new Map<string, Mark[]>();
  for (const judged of bench.analysis.handlers) {
    for (const shape of shapes) {
      for (const mark of shape.marksOf(bench, judged)) {
        const list = byKey.get(mark.key);
        if (list === undefined) byKey.set(mark.key, [mark]);
        else list.push(mark);
      }
    }
  }
  const idioms = new Map<string, Idiom>();
  for (const [key, marks] of byKey) {
    const closes = marks.length < LEAST ? NONE : closedBy(bench, marks);
    if (closes.size > 0) idioms.set(key, { marks, all: marks, closes });
  }
  return idioms;
}

const NONE: ReadonlySet<Kind> = new Set();
const KINDS: readonly Kind[] = ["success", "failure"];

/** The kinds of outcome that marks record for more handlers than not; one record of a kind is enough for a handler, as for the scan. */
function closedBy(bench: Bench, marks: readonly Mark[]): ReadonlySet<Kind> {
  return new Set(
    KINDS.filter((kind) => {
      const states = marks.flatMap((mark) => {
        const mine = mark.judged.outcomes.filter((outcome) => outcome.kind === kind);
        return mine.length === 0 ? [] : [mine.some(({ records }) => records.some((record) => mark.shape.leaves(bench, mark, record)))];
      });
      return states.filter(Boolean).length * 2 > states.length;
    }),
  );
}

/** How many must have a shape, and how many of those that leave records at all. */
const LEAST = 2;
const MOST = 0.6;

/** How the siblings of a handler leave their records: those of its class, else of its file, else of its package. */
export function idiomFor(bench: Bench, { judged }: GapFound): Idiom | undefined {
  if (judged.found.handler.kind !== "route") return undefined;
  const alike = bench.analysis.handlers.filter((one) => one !== judged && isAlike(one, judged));
  const idioms = idiomsIn(bench);
  for (const near of [sameClass, sameFile, samePackage(bench)]) {
    const siblings = new Set(alike.filter((one) => near(one, judged)));
    const among = [...idioms].flatMap(([key, { marks, closes }]) => {
      const mine = marks.filter((mark) => siblings.has(mark.judged));
      return mine.length > 0 ? [{ key, marks: mine, closes, bearers: new Set(mine.map((mark) => mark.judged)) }] : [];
    });
    const recorded = new Set([...among.flatMap(({ bearers }) => [...bearers]), ...[...siblings].filter(isRecorded)]);
    if (recorded.size < LEAST) continue;
    const best = among.sort((a, b) => b.bearers.size - a.bearers.size)[0];
    if (best === undefined || best.bearers.size < LEAST || best.bearers.size < recorded.size * MOST) return undefined;
    return { marks: best.marks, all: idioms.get(best.key)!.marks.filter((mark) => alike.includes(mark.judged)), closes: best.closes };
  }
  return undefined;
}

function isAlike({ found, file }: Judged, to: Judged): boolean {
  return found.framework === to.found.framework && found.handler.kind === to.found.handler.kind && file.language === to.file.language;
}

type Near = (one: Judged, to: Judged) => boolean;

const classOf = ({ fn, found }: Judged) => found.handler.container ?? fn?.container;
const sameClass: Near = (one, to) => classOf(one) !== undefined && classOf(one) === classOf(to);
const sameFile: Near = (one, to) => one.found.handler.file === to.found.handler.file;
const samePackage = ({ analysis: { project } }: Bench): Near => {
  const folderOf = ({ file }: Judged): string => project.packagesOf(file.path)[0]?.folder ?? "";
  return (one, to) => folderOf(one) === folderOf(to);
};

/** Whether a handler leaves a record itself, not the framework for it. */
const isRecorded = ({ outcomes }: Judged): boolean => outcomes.some(({ records }) => records.some(({ by }) => by !== "framework"));

/** Whether a handler has a mark of that key already. */
export function bears(bench: Bench, judged: Judged, [mark]: readonly Mark[]): boolean {
  return mark!.shape.marksOf(bench, judged).some(({ key }) => key === mark!.key);
}

/** Whether an outcome of a handler ends in what stands around it and records it: a line there would be written for every other, too. */
export function endsAround(bench: Bench, judged: Judged, { ending: { at } }: Outcome): boolean {
  const idioms = idiomsIn(bench);
  const marks = shapes.flatMap((shape) => shape.marksOf(bench, judged)).filter(({ key }) => idioms.has(key));
  return marks.some((mark) => {
    const around = definitionOf(bench.analysis.project, mark);
    return around !== undefined && around.file === at.file && holds(around, at.span);
  });
}
