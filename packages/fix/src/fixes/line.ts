import {
  fieldsThenMessage,
  isInScope,
  messageThenFields,
  reportText,
  walkStmts,
  type FunctionIR,
  type GapFound,
  type Pen,
  type Proposal,
  type Room,
  type Told,
} from "@telltale/scan/analysis";
import type { Edit, Refused } from "../contract.ts";
import { isRefused } from "../contract.ts";
import { writerOf } from "../languages/index.ts";
import type { Held, LanguageWriter, Seat, Spot } from "../languages/writer.ts";
import { catchAround, functionAround, statementsAround } from "../places/statement.ts";
import { auditCall } from "./audit-call.ts";
import type { Context } from "./context.ts";
import { idiomOf } from "./idiom.ts";
import { withoutUnknownHeader } from "./request-id.ts";
import type { Wish } from "./wish.ts";

/** A line that was put into a file. */
export interface Written {
  readonly file: string;
  readonly event: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** The line for outcomes that end at one place: where it stands, what it is written with, what it says. */
export function writeLine(context: Context, group: readonly Wish[]): Written | Refused {
  const { where, outcome, gap } = group[0]!;
  const { file, span } = where;
  const writer = writerOf(file.language);
  if (writer === undefined) return { kind: "unsupported", reason: `${file.language} is not written yet` };
  const spot: Spot = {
    project: context.analysis.project,
    file,
    fn: functionAround(file, span),
    at: span,
    kind: outcome.kind,
    ...(where.leads ? { leads: true } : {}),
    ...(where.answers ? { answers: true } : {}),
    ...(where.mixed ? { mixed: true } : {}),
    ...(where.asks ? { asks: true } : {}),
    ...(isAwaited(gap.judged, functionAround(file, span)) ? { awaited: true } : {}),
    style: context.styleOf(file),
  };
  const seat = writer.seat(spot);
  if (isRefused(seat)) return seat;
  const room: Room = { file, fn: spot.fn, before: seat.offset, inner: true };
  const audit = writer.givesAnswers === true && !context.plain(gap.finding) ? auditCall(context, gap, outcome.kind, room) : undefined;
  if (audit !== undefined) {
    const line = writer.line(audit, spot.style, spot.style.width - columnsOf(seat.indent));
    return { file: file.path, event: audit, safe: seat.safe, edits: seat.write(line) };
  }
  const held = holdPen(context, writer, spot, seat, room);
  if (isRefused(held)) return held;
  const says = context.analysis.saying(
    gap.judged,
    outcome.kind,
    room,
    group.map((wish) => wish.outcome),
  );
  if (says === undefined) return { kind: "unclear", reason: "no event is known for this outcome" };
  const event = eventOf(context, group, room) ?? says.event;
  const said = withReason(ofThisCall(ofOneError(withoutUnknownHeader(says.details, spot.project), spot), spot), spot);
  const details = writer.values?.({ spot, seat, details: said }) ?? said;
  const told = { action: says.action, kind: outcome.kind };
  const spelled = context.analysis.spelling(file).spell({ ...says, details, event, logger: held.expression }, held.pen.logger, told);
  const named = withConstant(context, writer, spot, room, { ...told, event }, spelled);
  const line = writer.line(written(context, held.pen, named.line), spot.style, spot.style.width - columnsOf(seat.indent));
  return { file: file.path, event, safe: seat.safe, edits: [...held.edits, ...named.edits, ...seat.write(line)] };
}

/** Frameworks that wait for what a handler gives, whether or not it is a promise; Express looks away. */
const AWAITING: ReadonlySet<string> = new Set([
  "elysia",
  "fastify",
  "graphql",
  "hapi",
  "hono",
  "koa",
  "nestjs",
  "nextjs",
  "nuxt",
  "react-router",
  "safe-action",
  "sveltekit",
  "trpc",
]);

function isAwaited({ found, fn }: GapFound["judged"], around: FunctionIR | undefined): boolean {
  return fn !== undefined && around === fn && AWAITING.has(found.framework.id);
}

/** The longest text that is repeated as a reason. */
const LONGEST = 80;

/** A `catch` takes several errors: why the first of them was thrown is not why all are refused, unless it says so itself. */
function ofOneError(details: Details, { file, fn, at }: Spot): Details {
  const caught = catchAround(file, fn, at);
  if (caught === undefined) return details;
  const text = file.text.slice(caught[0]!.start, caught.at(-1)!.end);
  return details.filter(({ name, value }) => name !== "reason" || text.includes(value.slice(1, -1)));
}

/** Several words without quotes and markup. */
const SENTENCE = /^[\w][^\n"\\`$<{]*\s[^\n"\\`$<{]*$/;
const MEDIA_TYPE = /^\w+\/[\w.+-]+;/;

/** A call that passes words on, or a variable, says by itself why it refuses; its end says it for whichever call comes to it. */
function ofThisCall(details: Details, { file, at, answers }: Spot): Details {
  const call = file.text.slice(at.start, at.end);
  const passes = /"[^"\n]* [^"\n]*"/.test(call) || /,\s*[a-z_]\w*\s*[,)]/.test(call);
  if (answers !== true || writerOf(file.language)?.givesAnswers !== true || !passes) return details;
  return details.filter(({ name, value }) => name !== "reason" || call.includes(value.slice(1, -1)));
}

/** What the refusing statement says in plain words is why it refuses. */
function withReason(details: Details, { kind, file, fn, at }: Spot): Details {
  const stmt = statementsAround(file, fn, at).at(-1)?.stmt;
  if (kind === "success" || stmt === undefined || stmt.kind === "if" || details.some(({ name }) => name === "reason")) return details;
  let reason: string | undefined;
  walkStmts([stmt], (expr) => {
    if (expr.kind !== "literal" || typeof expr.value !== "string" || reason !== undefined) return;
    if (SENTENCE.test(expr.value) && !MEDIA_TYPE.test(expr.value) && expr.value.length <= LONGEST) reason = expr.value.replace(/[.!]$/, "");
  });
  if (reason === undefined) return details;
  const before = details.findIndex(({ name }) => name === "ip" || name === "request_id");
  const place = before === -1 ? details.length : before;
  return [...details.slice(0, place), { name: "reason", value: JSON.stringify(reason) }, ...details.slice(place)];
}

type Details = Proposal["details"];

/** Where several actions are refused in one place, the line says what they have in common. */
function eventOf({ analysis }: Context, group: readonly Wish[], room: Room): Told["event"] | undefined {
  if (group[0]!.outcome.kind !== "failure") return undefined;
  const events = new Set(group.map(({ gap, outcome }) => analysis.saying(gap.judged, outcome.kind, room, [outcome])?.event));
  return events.size > 1 ? "authz_fail" : undefined;
}

/** The constant that holds the event's name is brought into the file; where it cannot be had, the line has the name itself. */
function withConstant(
  { analysis }: Context,
  writer: LanguageWriter,
  { project, file, style }: Spot,
  room: Room,
  told: Told,
  line: Proposal,
): { readonly line: Proposal; readonly edits: readonly Edit[] } {
  const constant = line.eventCode === undefined ? undefined : analysis.spelling(file).event(told).constant;
  const root = /^\w+/.exec(constant?.text ?? "")?.[0];
  if (constant === undefined || root === undefined || isInScope(root, room)) return { line, edits: [] };
  const edits = writer.bring?.({ project, root, from: constant.from, into: file, files: analysis.files, style });
  if (edits !== undefined && !isRefused(edits)) return { line, edits };
  const { eventCode: _, ...plain } = line;
  return { line: plain, edits: [] };
}

/** A line of a logger that no library is known of is written as the others are that the project writes with it. */
function written({ analysis }: Context, pen: Pen, proposal: Proposal): string {
  if (pen.logger.id !== "generic") return pen.logger.write(proposal);
  const idiom = idiomOf(analysis, pen.name);
  const text = idiom.fieldsOnly
    ? `${proposal.logger}.${proposal.level}(${reportText(proposal)})`
    : idiom.fieldsFirst
      ? fieldsThenMessage(proposal)
      : messageThenFields(proposal);
  return idiom.log ? text.replace(`${proposal.logger}.info(`, () => `${proposal.logger}.log(`) : text;
}

interface HeldPen extends Held {
  readonly pen: Pen;
}

/** The first logger that can be had there. */
function holdPen({ analysis, leftOut }: Context, writer: LanguageWriter, spot: Spot, seat: Seat, room: Room): HeldPen | Refused {
  let first: Refused | undefined;
  for (const { held, ...pen } of analysis.pens(room)) {
    const { project, file, fn, style } = spot;
    const result = writer.hold({ project, file, fn, offset: seat.offset, pen, held, files: analysis.files, leftOut, style });
    if (!isRefused(result)) return { ...result, pen };
    first ??= result;
  }
  return first ?? { kind: "no-logger", reason: "the project has no logger that is known" };
}

/** Tabs count for two columns. */
function columnsOf(indent: string): number {
  return indent.replaceAll("\t", "  ").length;
}
