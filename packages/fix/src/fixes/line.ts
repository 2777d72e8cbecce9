import {
  fieldsText,
  fieldsThenMessage,
  messageThenFields,
  walkStmts,
  type FunctionIR,
  type GapFound,
  type Pen,
  type Proposal,
  type Room,
} from "@telltale/scan/analysis";
import type { Edit, Refused } from "../contract.ts";
import { isRefused } from "../contract.ts";
import { writerOf } from "../languages/index.ts";
import type { Held, LanguageWriter, Seat, Spot } from "../languages/writer.ts";
import { functionAround, statementsAround } from "../places/statement.ts";
import type { Context } from "./context.ts";
import { idiomOf } from "./idiom.ts";
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
    ...(isAwaited(gap.judged, functionAround(file, span)) ? { awaited: true } : {}),
    style: context.styleOf(file),
  };
  const seat = writer.seat(spot);
  if (isRefused(seat)) return seat;
  const room: Room = { file, fn: spot.fn, before: seat.offset, inner: true };
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
  const said = withReason(says.details, spot);
  const details = writer.values?.({ spot, seat, details: said }) ?? said;
  const text = written(context, held.pen, { ...says, details, event, logger: held.expression });
  const line = writer.line(text, spot.style, spot.style.width - columnsOf(seat.indent));
  return { file: file.path, event, safe: seat.safe, edits: [...held.edits, ...seat.write(line)] };
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

/** What the refusing statement says in plain words is why it refuses. */
function withReason(details: Details, { kind, file, fn, at }: Spot): Details {
  const stmt = statementsAround(file, fn, at).at(-1)?.stmt;
  if (kind === "success" || stmt === undefined || stmt.kind === "if" || details.some(({ name }) => name === "reason")) return details;
  let reason: string | undefined;
  walkStmts([stmt], (expr) => {
    if (expr.kind !== "literal" || typeof expr.value !== "string" || reason !== undefined) return;
    if (/^[\w][^\n"\\`$<{]*\s[^\n"\\`$<{]*$/.test(expr.value) && expr.value.length <= LONGEST) reason = expr.value.replace(/[.!]$/, "");
  });
  if (reason === undefined) return details;
  const before = details.findIndex(({ name }) => name === "ip" || name === "request_id");
  const place = before === -1 ? details.length : before;
  return [...details.slice(0, place), { name: "reason", value: JSON.stringify(reason) }, ...details.slice(place)];
}

type Details = Proposal["details"];

/** Where several actions are refused in one place, the line says what they have in common. */
function eventOf({ analysis }: Context, group: readonly Wish[], room: Room): string | undefined {
  if (group[0]!.outcome.kind !== "failure") return undefined;
  const events = new Set(group.map(({ gap, outcome }) => analysis.saying(gap.judged, outcome.kind, room, [outcome])?.event));
  return events.size > 1 ? "authz_fail" : undefined;
}

/** A line of a logger that no library is known of is written as the others are that the project writes with it. */
function written({ analysis }: Context, pen: Pen, proposal: Proposal): string {
  if (pen.logger.id !== "generic") return pen.logger.write(proposal);
  const idiom = idiomOf(analysis, pen.name);
  const text = idiom.fieldsOnly
    ? `${proposal.logger}.${proposal.level}(${fieldsText(proposal)})`
    : idiom.fieldsFirst
      ? fieldsThenMessage(proposal)
      : messageThenFields(proposal);
  return idiom.log ? text.replace(`${proposal.logger}.info(`, () => `${proposal.logger}.log(`) : text;
}

interface HeldPen extends Held {
  readonly pen: Pen;
}

/** The first logger that can be had there. */
function holdPen({ analysis }: Context, writer: LanguageWriter, spot: Spot, seat: Seat, room: Room): HeldPen | Refused {
  let first: Refused | undefined;
  for (const { held, ...pen } of analysis.pens(room)) {
    const { project, file, fn, style } = spot;
    const result = writer.hold({ project, file, fn, offset: seat.offset, pen, held, files: analysis.files, style });
    if (!isRefused(result)) return { ...result, pen };
    first ??= result;
  }
  return first ?? { kind: "no-logger", reason: "the project has no logger that is known" };
}

/** Tabs count for two columns. */
function columnsOf(indent: string): number {
  return indent.replaceAll("\t", "  ").length;
}
