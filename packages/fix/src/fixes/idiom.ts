import { bodiesOf, walkStmts, type Analysis, type CallExpr } from "@telltale/scan/analysis";

/** How a project writes with a logger that is only known by its name. */
export interface Idiom {
  /** `logger.info({ … }, "text")`, not `logger.info("text", { … })`. */
  readonly fieldsFirst: boolean;
  /** `logger.info({ … })`, and no text. */
  readonly fieldsOnly: boolean;
  /** What others call `info` is `log` there. */
  readonly log: boolean;
}

const known = new WeakMap<Analysis["project"], Map<string, Idiom>>();

export function idiomOf({ project, files }: Analysis, pen: string): Idiom {
  const name = pen.slice(pen.lastIndexOf(".") + 1);
  const mine = known.get(project) ?? new Map<string, Idiom>();
  known.set(project, mine);
  let idiom = mine.get(name);
  if (idiom === undefined) mine.set(name, (idiom = read(files(), name)));
  return idiom;
}

const LEVELS: ReadonlySet<string> = new Set(["debug", "info", "warn", "error", "log"]);

function read(files: ReturnType<Analysis["files"]>, name: string): Idiom {
  const methods = new Map<string, number>();
  let [fields, message, only] = [0, 0, 0];
  for (const file of files) {
    for (const { body } of bodiesOf(file)) {
      walkStmts(body, (expr) => {
        if (expr.kind !== "call" || expr.callee.kind !== "member" || nameOf(expr) !== name) return;
        const method = expr.callee.property ?? "";
        if (!LEVELS.has(method)) return;
        methods.set(method, (methods.get(method) ?? 0) + 1);
        const [first, second] = expr.args;
        if (second === undefined) {
          if (first?.kind === "record") only++;
          return;
        }
        if (first?.kind === "literal" || first?.kind === "template") message++;
        else if (second.kind === "literal" || second.kind === "template") fields++;
      });
    }
  }
  return { fieldsFirst: fields > message, fieldsOnly: only > fields + message, log: !methods.has("info") && methods.has("log") };
}

/** The last name before the method: `logger` of `this.logger.info(…)`. */
function nameOf({ callee }: CallExpr): string | undefined {
  if (callee.kind !== "member") return undefined;
  const { object } = callee;
  return object.kind === "name" ? object.name : object.kind === "member" ? (object.property ?? undefined) : undefined;
}
