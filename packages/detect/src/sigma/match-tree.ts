import type { Match } from "../rule-ir.ts";

/** One match is itself; an `all` inside an `all` is flattened. */
export function allOf(of: readonly Match[]): Match {
  return joinedBy("all", of);
}

export function anyOf(of: readonly Match[]): Match {
  return joinedBy("any", of);
}

export function not(of: Match): Match {
  return of.op === "not" ? of.of : { op: "not", of };
}

function joinedBy(op: "all" | "any", of: readonly Match[]): Match {
  const flat = of.flatMap((each) => (each.op === op ? each.of : [each]));
  return flat.length === 1 ? flat[0]! : { op, of: flat };
}

/** Tests in a match. */
export function sizeOf(match: Match): number {
  if (match.op === "not") return sizeOf(match.of);
  if (match.op === "all" || match.op === "any") return match.of.reduce((sum, each) => sum + sizeOf(each), 1);
  return 1;
}
