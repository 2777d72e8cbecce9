import { isInScope, type GapFound, type Outcome } from "@telltale/scan/analysis";
import { isRefused, type Edit } from "../contract.ts";
import { writerOf } from "../languages/index.ts";
import type { Bench, Mark } from "./contract.ts";
import { fill } from "./fill.ts";
import { bears, idiomFor } from "./siblings.ts";

/** A gap closed in the shape that the siblings have. */
export interface Shaped {
  readonly file: string;
  readonly event: string;
  readonly edits: readonly Edit[];
  /** The outcomes that are recorded then. */
  readonly closes: ReadonlySet<Outcome["kind"]>;
}

/** What makes a handler leave its record as its siblings do: undefined where they do not agree, or what to write is not known. */
export function shapeFor(bench: Bench, gap: GapFound): Shaped | undefined {
  const idiom = idiomFor(bench, gap);
  if (idiom === undefined || !gap.silent.some(({ kind }) => idiom.closes.has(kind)) || bears(bench, gap.judged, idiom.marks))
    return undefined;
  const filled = fill(bench, gap.judged, idiom.marks) ?? fill(bench, gap.judged, idiom.all);
  if (filled === undefined) return undefined;
  const { like, say, event, names } = filled;
  const file = like.shape.id === "option" ? gap.judged.found.handler.file : (gap.judged.fn?.file ?? gap.judged.file);
  const style = bench.styleOf(file);
  const edits = like.shape.put({ bench, to: gap.judged, like, marks: idiom.all, say, style });
  if (edits === undefined) return undefined;
  const roots = [...new Set([...(like.root === undefined ? [] : [like.root]), ...names])];
  const brought = roots.map((root) => bring(bench, root, like, file));
  if (brought.some((one) => one === undefined)) return undefined;
  return {
    file: file.path,
    event: event === "" ? "what is done" : event,
    edits: [...brought.flatMap((one) => one!), ...edits],
    closes: idiom.closes,
  };
}

/** The edits by which a file has a name as the other file has it; none where it has it already; undefined where that is not known. */
function bring({ analysis, styleOf }: Bench, root: string, like: Mark, into: Mark["file"]): readonly Edit[] | undefined {
  const { project } = analysis;
  if (into === like.file) return [];
  const theirs = like.file.imports.find(({ local }) => local === root);
  const mine = into.imports.find(({ local }) => local === root);
  if (mine !== undefined) return isSame() ? [] : undefined;
  if (isInScope(root, { file: into, fn: undefined })) return undefined;
  const bringer = writerOf(into.language)?.bring;
  const edits = bringer?.({ project, root, from: like.file, into, files: analysis.files, style: styleOf(into) });
  return edits === undefined || isRefused(edits) ? undefined : edits;

  function isSame(): boolean {
    const [a, b] = [theirs, mine].map((one, i) =>
      one === undefined ? undefined : (project.open(i === 0 ? like.file : into, one.source)?.path ?? one.source),
    );
    return a === b;
  }
}
