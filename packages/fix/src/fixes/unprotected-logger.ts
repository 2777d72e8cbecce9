import { isGap, type CallExpr, type Expr, type FileIR, type FunctionIR, type RecordExpr, type Span } from "@telltale/scan/analysis";
import type { Edit, Fix, Refusal, Refused } from "../contract.ts";
import { isRefused } from "../contract.ts";
import { holds } from "../places/text.ts";
import type { Style } from "../style/style.ts";
import { callAt, eachExpr } from "./calls.ts";
import type { Case, Context, Fixer } from "./context.ts";
import { entriesAfter } from "./entries.ts";

/** A logger of pino's family that writes requests whole is told what to redact, where it is set up. */
export const unprotectedLogger: Fixer = {
  rules: ["unprotected-logger"],
  fix: (context, cases) => cases.map((one) => protect(context, one)),
};

/** What pino-http's standard serializers write. https://getpino.io/#/docs/redaction */
const HTTP = ["req.headers.authorization", "req.headers.cookie", 'res.headers["set-cookie"]'];
/** A request that is given to a line under whatever name. */
const GIVEN = ["*.headers.authorization", "*.headers.cookie", "*.body.password"];

function protect({ styleOf }: Context, { finding, live }: Case): Fix | Refusal {
  if (isGap(live)) return { finding, kind: "unclear", reason: "it is no setup of a logger" };
  const { file, at, instead } = live.issue;
  const paths = instead?.startsWith("pino({ redact") ? GIVEN : instead?.startsWith("redact:") ? HTTP : undefined;
  const call = callAt(file, at);
  if (file.language !== "javascript" || paths === undefined || call === undefined)
    return {
      finding,
      kind: "unsupported",
      reason: "only pino, pino-http and nestjs-pino have an option that redacts; here a person has to choose what is written",
    };
  const style = styleOf(file);
  const redact = `[${paths.map((path) => (path.includes('"') ? `'${path}'` : `${style.quote}${path}${style.quote}`)).join(", ")}]`;
  const edits = redacting(file, call, redact, style);
  if (isRefused(edits)) return { finding, ...edits };
  return { finding, title: "Redact credentials in what the logger writes", safe: true, files: [{ file: file.path, edits }], left: [] };
}

const ELSEWHERE: Refused = { kind: "unclear", reason: "its options are not written out where it is set up" };

function redacting(file: FileIR, call: CallExpr, redact: string, style: Style): readonly Edit[] | Refused {
  const method = call.callee.kind === "member" ? call.callee.property : null;
  if (method === "forRoot") return inModule(file, call, call.args[0], redact, style);
  if (method === "forRootAsync") {
    const made = madeBy(call.args[0]);
    return made === undefined ? ELSEWHERE : inModule(file, call, made, redact, style);
  }
  return inOptions(file, call, call.args[0], { name: "redact", value: redact }, style);
}

/** The options of `LoggerModule`: what it hands to pino-http has a field of its own there. */
function inModule(file: FileIR, call: CallExpr, options: Expr | undefined, redact: string, style: Style): readonly Edit[] | Refused {
  if (options !== undefined && options.kind !== "record") return ELSEWHERE;
  const entry = options?.entries.find(({ key }) => key === "pinoHttp");
  if (entry === undefined) return inOptions(file, call, options, { name: "pinoHttp", value: braced(`redact: ${redact}`, style) }, style);
  const value = entry.value.kind === "list" ? entry.value.items[0] : entry.value;
  return value === undefined ? ELSEWHERE : inOptions(file, call, value, { name: "redact", value: redact }, style);
}

/** The one object that a factory gives back. */
function madeBy(options: Expr | undefined): RecordExpr | undefined {
  if (options?.kind !== "record") return undefined;
  const factory = options.entries.find(({ key }) => key === "useFactory")?.value;
  return factory?.kind === "function" ? givenBy(factory.fn) : undefined;
}

function givenBy({ body }: FunctionIR): RecordExpr | undefined {
  const last = body.at(-1);
  if (body.some((stmt) => stmt.kind !== "let" && stmt.kind !== "expr" && stmt !== last)) return undefined;
  return last?.kind === "return" && last.value?.kind === "record" ? last.value : undefined;
}

interface Option {
  readonly name: string;
  readonly value: string;
}

function inOptions(file: FileIR, call: CallExpr, options: Expr | undefined, option: Option, style: Style): readonly Edit[] | Refused {
  const text = braced(`${option.name}: ${option.value}`, style);
  if (options === undefined) return inBrackets(file, call, text);
  if (options.kind !== "record" || options.entries.some(({ spread, key }) => spread === true || key === null)) return ELSEWHERE;
  if (options.entries.length > 0) return entriesAfter(file, widest(file, options), options, [option], style);
  const inside = file.text.slice(options.start + 1, options.end - 1);
  return inside.trim() === "" ? [{ start: options.start, end: options.end, text }] : ELSEWHERE;
}

/** The largest call or object around that stands on one line. */
function widest(file: FileIR, options: RecordExpr): Span {
  let around: Span = options;
  eachExpr(file, (expr) => {
    if (expr.kind !== "call" && expr.kind !== "record") return;
    if (holds(expr, around) && !file.text.slice(expr.start, expr.end).includes("\n")) around = expr;
  });
  return around;
}

/** `pino()` gets its first argument. */
function inBrackets({ text }: FileIR, { callee, end }: CallExpr, options: string): readonly Edit[] | Refused {
  const brackets = /^\(\s*\)$/.test(text.slice(callee.end, end));
  return brackets ? [{ start: end - 1, end: end - 1, text: options }] : ELSEWHERE;
}

const braced = (text: string, { spaced }: Style): string => (spaced ? `{ ${text} }` : `{${text}}`);
