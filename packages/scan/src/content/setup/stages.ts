import { stringOf } from "../../ir/literals.ts";
import type { Expr } from "../../ir/nodes.ts";
import { namesOf } from "../../loggers/call-view.ts";
import type { Stage } from "./facts.ts";

export function opposite(stage: Stage): Stage {
  return stage === "production" ? "development" : "production";
}

/** Words that say where the application runs; the names of environments in Node, Rails, Mix, ASP.NET Core, Laravel and Spring. */
const PRODUCTION = /^(?:is_?)?(?:in_?)?(?:prod|production|live|release)$/i;
const DEVELOPMENT =
  /^(?:is_?)?(?:in_?)?(?:dev|development|debug|debugging|local|localhost|test|testing|dev_?mode|debug_?mode|debug_?assertions|is_?atty|is_?tty)$/i;

function stageOfWord(word: string): Stage | undefined {
  const bare = word.replace(/[?!]$/, "").replace(/(?:Mode|_MODE|Env|_ENV|Environment)$/, "");
  if (PRODUCTION.test(bare)) return "production";
  return DEVELOPMENT.test(bare) ? "development" : undefined;
}

/** Where a branch is taken whose test this is: `NODE_ENV === "production"`, `!isDev`, `config_env() == :prod`, `env.IsDevelopment()`. */
export function stageOfTest(test: Expr): Stage | undefined {
  switch (test.kind) {
    case "not": {
      const stage = stageOfTest(test.value);
      return stage === undefined ? undefined : opposite(stage);
    }
    case "binary":
      return stageOfComparison(test.op, test.left, test.right);
    case "logical":
      return test.op === "and" ? (stageOfTest(test.left) ?? stageOfTest(test.right)) : undefined;
    case "name":
    case "member":
      return stageOfWord(namesOf(test).at(-1) ?? "");
    case "call":
      return stageOfCall(test.args, namesOf(test).at(-1) ?? "");
    default:
      return undefined;
  }
}

function stageOfComparison(op: string, left: Expr, right: Expr): Stage | undefined {
  const text = stringOf(right) ?? stringOf(left);
  if (text !== undefined && (op === "==" || op === "!=" || op === "in")) {
    const stage = stageOfWord(text);
    return stage === undefined || op !== "!=" ? stage : opposite(stage);
  }
  const truth = right.kind === "literal" ? right.value : undefined;
  if (op === "==" && truth === true) return stageOfTest(left);
  const stage = op === "==" && truth === false ? stageOfTest(left) : undefined;
  return stage === undefined ? undefined : opposite(stage);
}

/** `Rails.env.production?`, `app()->environment('production')`, `env.IsEnvironment("Local")`. */
function stageOfCall(args: readonly Expr[], method: string): Stage | undefined {
  const [first] = args;
  const text = stringOf(first);
  if (text !== undefined && /env/i.test(method)) return stageOfWord(text);
  return args.length === 0 ? stageOfWord(method) : undefined;
}

/**
 * Where a file of settings holds, by the name that the framework wants for it: `config/prod.exs`,
 * `environments/production.rb`, `settings/production.py`, `appsettings.Development.json`, `application-dev.yml`.
 */
export function stageOfPath(path: string): Stage | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const parts = name.split(/[.\-_]/).slice(0, -1);
  const isSettings =
    /(?:^|\/)(?:config|environments|settings|conf|resources)\/(?:[\w-]+\/)?[^/]+$/.test(path) ||
    /^(?:appsettings|application|logback|log4j2?|settings)\b/i.test(name);
  if (!isSettings) return undefined;
  const words = /\/packages\/(dev|test|prod)\//.exec(path)?.[1] ?? parts.find((part) => stageOfWord(part) !== undefined);
  return words === undefined ? undefined : stageOfWord(words);
}
