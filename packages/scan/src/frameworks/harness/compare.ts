/** What a framework file finds in a fixture, held against its labels. Each function answers with lines for people; none is good. */
import type { FileIR } from "../../ir/nodes.ts";
import { viewOf } from "../../project/view.ts";
import type { End, Framework, HandlerFound, ProjectFacts } from "../framework.ts";
import { labelsOf, type HandlerLabel, type Label } from "./labels.ts";

/** Missing: labelled and not found. Noisy: found and not labelled, or twice. Wrong: found otherwise than labelled. */
export function handlerProblems(framework: Framework, files: readonly FileIR[], project: ProjectFacts): readonly string[] {
  const found = handlersByPlace(framework, files, project);
  const labels = new Map<string, Label[]>();
  for (const file of files) for (const label of labelsOf(file.text)) push(labels, placeOf(file.path, label.line), label);
  return [...new Set([...found.keys(), ...labels.keys()])]
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .flatMap((place) => problemsAt(place, found.get(place) ?? [], labels.get(place) ?? []));
}

/** By the file that the handler stands in: a router may name controllers of other files. */
function handlersByPlace(framework: Framework, files: readonly FileIR[], project: ProjectFacts): Map<string, HandlerLabel[]> {
  const found = new Map<string, HandlerLabel[]>();
  for (const file of files) {
    for (const one of framework.handlers(viewOf(file, project))) {
      push(found, placeOf(one.file.path, lineAt(one.file.text, one.at.start)), labelOf(one));
    }
  }
  return found;
}

function problemsAt(place: string, found: readonly HandlerLabel[], labels: readonly Label[]): readonly string[] {
  const wanted = labels.flatMap((label) => (label.word === "handler" ? [label.handler] : []));
  const pinned = labels.flatMap((label) => (label.word === "wrong" ? [label.handler] : []));
  const noise = labels.some((label) => label.word === "noise");
  const extra = [...found];
  const absent = wanted.filter((label) => !take(extra, label));
  const mended = pinned.filter((label) => extra.some((one) => same(label, one)));
  if (mended.length > 0) return mended.map((label) => `Mended ${place}: ${said(label)} is found now; drop "wrong:"`);
  if (noise && extra.length === 0) return [`Mended ${place}: nothing more is found here; drop "wrong: noise"`];
  return [
    ...absent.map((label, index) => differing(place, label, extra[index])),
    ...(noise || pinned.length > 0 ? [] : extra.slice(absent.length).map((one) => `Noisy ${place}: ${said(one)}`)),
  ];
}

function differing(place: string, label: HandlerLabel, found: HandlerLabel | undefined): string {
  return found === undefined ? `Missing ${place}: ${said(label)}` : `Wrong ${place}: ${said(found)}, labelled ${said(label)}`;
}

/** Removes the first that fits; false where none does. */
function take(found: HandlerLabel[], label: HandlerLabel): boolean {
  const at = found.findIndex((one) => same(label, one));
  if (at !== -1) found.splice(at, 1);
  return at !== -1;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

function placeOf(path: string, line: number): string {
  return `${path}:${line}`;
}

function labelOf(found: HandlerFound): HandlerLabel {
  return { method: found.method ?? "-", path: found.path ?? "-", kind: found.kind, name: found.name };
}

function same(label: HandlerLabel, found: HandlerLabel): boolean {
  const named = label.name === undefined || label.name === found.name;
  return label.method === found.method && label.path === found.path && label.kind === found.kind && named;
}

function said(label: HandlerLabel): string {
  const kind = label.kind === "route" ? "" : ` ${label.kind}`;
  return `${label.method} ${label.path}${kind}${label.name === undefined ? "" : ` name=${label.name}`}`;
}

/** Lines that carry an `end` label and whose calls and assignments together say something else. */
export function endProblems(framework: Framework, file: FileIR, project: ProjectFacts): readonly string[] {
  const labels = labelsOf(file.text).filter((label) => label.word === "end");
  if (labels.length === 0) return [];
  const ends = endsByLine(framework, file, project);
  return labels.flatMap((label) => {
    const said = ends.get(label.line) ?? new Set<string>();
    if (words(said) === words(label.end)) return [];
    return [`Wrong ${placeOf(file.path, label.line)}: end ${words(said)}, labelled ${words(label.end)}`];
  });
}

function endsByLine(framework: Framework, file: FileIR, project: ProjectFacts): ReadonlyMap<number, Set<string>> {
  const view = viewOf(file, project);
  const ends = new Map<number, Set<string>>();
  const add = (offset: number, end: End | undefined): void => {
    const line = lineAt(file.text, offset);
    ends.set(line, new Set([...(ends.get(line) ?? []), ...wordsOf(end)]));
  };
  for (const { call } of view.calls) add(call.start, framework.endOfCall?.(call));
  for (const { assign } of view.assigns) add(assign.start, framework.endOfAssign?.(assign));
  return ends;
}

function wordsOf(end: End | undefined): readonly string[] {
  if (end === undefined) return [];
  return [
    ...(end.status === undefined ? [] : [String(end.status)]),
    ...(end.sent ? ["sent"] : []),
    ...(end.kind === undefined ? [] : [end.kind]),
    ...(end.raises === undefined ? [] : ["raises"]),
    ...(end.stops ? ["stops"] : []),
    ...(end.halts ? ["halts"] : []),
    ...(end.perhaps ? ["perhaps"] : []),
  ];
}

function words(said: ReadonlySet<string>): string {
  return said.size === 0 ? "none" : [...said].toSorted().join(" ");
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
