import type { HandlerReport, Summary } from "../report/result.ts";

/** The numbers of a set of handlers. `files` and `parsed` are taken as given. */
export function summarise(handlers: readonly HandlerReport[], counted: Pick<Summary, "files" | "parsed">): Summary {
  const sensitive = handlers.filter((handler) => handler.verdict !== "not_sensitive");
  const having = (verdict: HandlerReport["verdict"]): number => sensitive.filter((handler) => handler.verdict === verdict).length;
  const outcomes = sensitive.flatMap((handler) => handler.outcomes);
  return {
    handlers: handlers.length,
    sensitive: sensitive.length,
    adequate: having("adequate"),
    partial: having("partial"),
    missing: having("missing"),
    unknown: having("unknown"),
    outcomes: outcomes.length,
    recorded: outcomes.filter((outcome) => outcome.recorded === true).length,
    files: counted.files,
    parsed: counted.parsed,
  };
}
