import { entryOf, stringOf } from "../../../ir/literals.ts";
import type { ContainerIR, Expr } from "../../../ir/nodes.ts";
import { namesOf } from "../../../loggers/call-view.ts";
import type { SetupCall, SetupFact, SetupReader, SetupView } from "../facts.ts";
import { levelIn } from "../levels.ts";
import { factAt, JSON_LIKE, parts, REDACTING, said, type LineBreaks } from "../reading.ts";

const logging: SetupReader = {
  loggers: ["python-logging"],
  languages: ["python"],
  mayHold: /basicConfig|dictConfig|\bLOGGING\b|setFormatter|addFilter|["']formatters["']|dict_config/,
  read: (view) => [...view.calls.flatMap((one) => ofCall(view, one)), ...dictionaries(view)],
};

function ofCall(view: SetupView, one: SetupCall): SetupFact[] {
  const [first] = one.call.args;
  const named = one.call.args.find((arg) => arg.kind === "record");
  switch (one.method) {
    case "basicConfig": {
      const level = entryOf(named, "level");
      return [factAt(one, said({ from: level === undefined ? ("warn" as const) : levelIn(level, view, one.fn) }))];
    }
    case "setFormatter":
      return first === undefined ? [] : [factAt(one, { lineBreaks: ofFormatter(view, formatterNamed(view, first, one)) })];
    case "addFilter":
      return first !== undefined && REDACTING.test(namesOf(first).join(".")) ? [factAt(one, { redacts: "unknown" })] : [];
    default:
      return [];
  }
}

/** The class of a formatter, also where a name stands for what it made. */
function formatterNamed(view: SetupView, expr: Expr, { fn }: SetupCall): string {
  const value = expr.kind === "name" ? (view.valueOf(expr.name, fn) ?? expr) : expr;
  return namesOf(value).join(".");
}

/** Formatters say by their names what they write; one of the file's own may take line breaks out. */
function ofFormatter(view: SetupView, name: string): LineBreaks {
  if (JSON_LIKE.test(name)) return "escaped";
  const own = view.file.containers.find((one) => one.name === name.slice(name.lastIndexOf(".") + 1));
  return own !== undefined && isOneLine(view, own) ? "escaped" : "kept";
}

function isOneLine(view: SetupView, container: ContainerIR): boolean {
  const text = view.file.text.slice(container.start, container.end);
  return /json\.dumps|\\n|\\r|escape|repr\(/.test(text);
}

/** `LOGGING = {…}` of Django and `dictConfig({…})`: handlers and their formatters, the level of the root logger. */
function dictionaries(view: SetupView): SetupFact[] {
  const facts: SetupFact[] = [];
  const seen = new Set<number>();
  const visit = (part: Expr): void => {
    const handlers = entryOf(part, "handlers");
    const formatters = entryOf(part, "formatters");
    if (handlers?.kind !== "record" || seen.has(part.start)) return;
    seen.add(part.start);
    const span = { start: part.start, end: part.end };
    const root = entryOf(part, "root") ?? entryOf(entryOf(part, "loggers"), "", "root");
    const from = levelIn(entryOf(root, "level"), view, null);
    const filters = entryOf(part, "filters");
    const redacts =
      filters?.kind === "record" && REDACTING.test(view.file.text.slice(filters.start, filters.end)) ? ("unknown" as const) : undefined;
    facts.push({
      span,
      ...said({
        from,
        redacts,
        lineBreaks: ofHandlers(
          view,
          handlers.entries.map(({ value }) => value),
          formatters,
        ),
      }),
    });
  };
  for (const value of topLevel(view)) parts(view, value, null, visit);
  for (const { call, method, fn } of view.calls) if (method === "dictConfig") for (const arg of call.args) parts(view, arg, fn, visit);
  return facts;
}

function topLevel(view: SetupView): Expr[] {
  return view.file.body.flatMap((stmt) => (stmt.kind === "let" && stmt.value?.kind === "record" ? [stmt.value] : []));
}

/** Where some handlers write JSON and others text, it depends on which one is read. */
function ofHandlers(view: SetupView, handlers: readonly Expr[], formatters: Expr | undefined): LineBreaks | "unknown" | undefined {
  const written = handlers.flatMap((handler): LineBreaks[] => {
    if (!/Stream|File|Syslog|Console|Rich/i.test(stringOf(entryOf(handler, "class")) ?? "Stream")) return [];
    const name = stringOf(entryOf(handler, "formatter"));
    const formatter = name === undefined ? undefined : entryOf(formatters, name);
    const text = formatter === undefined ? (name ?? "") : view.file.text.slice(formatter.start, formatter.end);
    return [JSON_LIKE.test(text) ? "escaped" : "kept"];
  });
  const [first] = written;
  return first === undefined || written.every((one) => one === first) ? first : "unknown";
}

/** `logger.add(sink, serialize=True, level="INFO")`. https://loguru.readthedocs.io/en/stable/api/logger.html */
const loguru: SetupReader = {
  loggers: ["loguru"],
  languages: ["python"],
  mayHold: /loguru/,
  read: (view) =>
    view.calls.flatMap((one) => {
      if (one.method !== "add" || !/loguru/.test(one.origin)) return [];
      const named = one.call.args.find((arg) => arg.kind === "record");
      const serialize = entryOf(named, "serialize");
      const isJson = serialize?.kind === "literal" && serialize.value === true;
      const level = entryOf(named, "level");
      return [factAt(one, said({ lineBreaks: isJson ? ("escaped" as const) : ("kept" as const), from: levelIn(level, view, one.fn) }))];
    }),
};

/** Renderers of structlog. https://www.structlog.org/en/stable/api.html#module-structlog.processors */
const RENDERERS: Readonly<Record<string, LineBreaks>> = {
  JSONRenderer: "escaped",
  KeyValueRenderer: "escaped",
  LogfmtRenderer: "escaped",
  ConsoleRenderer: "kept",
};

const structlog: SetupReader = {
  loggers: ["structlog"],
  languages: ["python"],
  mayHold: /structlog/,
  read: (view) =>
    view.calls.flatMap((one) => {
      const lineBreaks = Object.hasOwn(RENDERERS, one.method) ? RENDERERS[one.method] : undefined;
      if (lineBreaks !== undefined) return [factAt(one, { lineBreaks })];
      if (one.method === "make_filtering_bound_logger") return [factAt(one, said({ from: levelIn(one.call.args[0], view, one.fn) }))];
      const processors = one.method === "configure" ? entryOf(one.call.args.at(-1), "processors") : undefined;
      if (processors?.kind !== "list") return [];
      return processors.items.some((item) => REDACTING.test(namesOf(item).join("."))) ? [factAt(one, { redacts: "unknown" })] : [];
    }),
};

export const pythonSetups: readonly SetupReader[] = [logging, loguru, structlog];
