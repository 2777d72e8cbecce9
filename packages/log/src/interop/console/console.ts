import { formatWithOptions, inspect } from "node:util";
import type { Redactor } from "../../contract.ts";
import type { Json } from "../../record.ts";
import { createRedactor } from "../../redact/index.ts";
import type { RedactOptions } from "../../redact/index.ts";
import { printable } from "../printable.ts";

/** A method of a console. */
export type ConsoleMethod = (...args: unknown[]) => void;

/** What of a console is used: any of its methods may be missing. */
export type ConsoleLike = { [name in MethodName]?: ConsoleMethod };

export interface RedactConsoleOptions {
  /** What is secret beside what is known to be. */
  readonly redaction?: RedactOptions;
  /** A redactor that exists already, in place of `redaction`. */
  readonly redactor?: Redactor;
}

/** How the arguments of a method are read: `print` as `console.log` does (template first), `values` one by one. */
const METHODS = {
  log: "print",
  info: "print",
  warn: "print",
  error: "print",
  debug: "print",
  trace: "print",
  group: "print",
  groupCollapsed: "print",
  dirxml: "values",
  dir: "first",
  table: "first",
  assert: "after-first",
} as const;
type MethodName = keyof typeof METHODS;

/** Of a method that redacts: the one that it stands before. */
const BEHIND = Symbol.for("telltale.console.behind");
type Redacting = ConsoleMethod & { [BEHIND]?: ConsoleMethod };

/**
 * Lets a console print no secrets: every argument is redacted, also what is put into a template by `%s`, `%d`, `%i`, `%f`, `%j`,
 * `%o` or `%O`. Objects become plain ones, errors the text of their stack with their causes. `time`, `count` and their like print
 * through `log` and so are covered. No method throws any more.
 * Answers a function that takes it back, also where somebody else has wrapped the methods since.
 */
export function redactConsole(target: ConsoleLike = console as ConsoleLike, options: RedactConsoleOptions = {}): () => void {
  const redactor = options.redactor ?? createRedactor(options.redaction);
  const undo = (Object.keys(METHODS) as MethodName[]).map((name) => wrap(target, name, redactor));
  return () => undo.forEach((one) => one());
}

/** The method as it was before `redactConsole`: for lines that are redacted already. */
export function methodBehind(target: ConsoleLike, name: MethodName): ConsoleMethod | undefined {
  return behind(target[name]);
}

function behind(method: Redacting | undefined): ConsoleMethod | undefined {
  return method?.[BEHIND] ? behind(method[BEHIND]) : method;
}

function wrap(target: ConsoleLike, name: MethodName, redactor: Redactor): () => void {
  const original = target[name];
  if (typeof original !== "function") return () => {};
  let active = true;
  const redacting: Redacting = function (...args) {
    try {
      original.apply(target, active ? safeArguments(redactor, METHODS[name], args) : args);
    } catch {
      // The destination of the console fails; the caller has nothing to do with that.
    }
  };
  redacting[BEHIND] = original;
  target[name] = redacting;
  return () => {
    active = false;
    if (target[name] === redacting) target[name] = original;
  };
}

function safeArguments(redactor: Redactor, kind: (typeof METHODS)[MethodName], args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  switch (kind) {
    case "print":
      return printed(redactor, args);
    case "values":
      return args.map((value) => redactor.value(value));
    case "first":
      return args.length === 0 ? [] : [redactor.value(first), ...rest];
    default:
      return args.length === 0 ? [] : [Boolean(first), ...printed(redactor, rest)];
  }
}

/**
 * A template is put together before it is judged: a secret may stand half in it, half in an argument. Without a placeholder each
 * argument is redacted for itself, and the console prints objects in its own way and colours.
 */
function printed(redactor: Redactor, args: readonly unknown[]): unknown[] {
  const [template, ...values] = args;
  if (typeof template !== "string" || !template.includes("%") || values.length === 0) {
    return args.map((value) => shown(redactor, value)).map((value, i) => (i === 0 && args.length > 1 ? escaped(value) : value));
  }
  const count = template.replaceAll("%%", "").match(/%[sdifjoOc]/g)?.length ?? 0;
  const inside = values.slice(0, count).map((value) => printable(redactor, value));
  const text = redactor.text(formatWithOptions({ colors: false }, template, ...inside));
  const beyond = values.slice(count).map((value) => shown(redactor, value));
  return beyond.length === 0 ? [text] : [escaped(text), ...beyond];
}

/** A text that is no template: the console looks for placeholders in the first of several arguments. */
function escaped(value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("%", "%%") : value;
}

function shown(redactor: Redactor, value: unknown): unknown {
  if (typeof value === "object" && value !== null) return isError(value) ? errorText(redactor.value(value)) : redactor.value(value);
  return printable(redactor, value);
}

function isError(value: object): boolean {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

/** An error as a console prints it: stack, own fields, cause. */
function errorText(error: Json): Json {
  if (typeof error !== "object" || error === null || Array.isArray(error)) return error;
  const { type, message, stack, cause, ...own } = error as { readonly [name: string]: Json };
  const head = typeof stack === "string" ? stack : `${String(type)}: ${String(message)}`;
  const fields = Object.keys(own).length === 0 ? "" : ` ${inspect(own)}`;
  return `${head}${fields}${cause === undefined ? "" : `\n[cause]: ${String(errorText(cause))}`}`;
}
