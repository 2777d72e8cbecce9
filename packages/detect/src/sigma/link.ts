import { DetectError } from "../errors.ts";
import type { DetectionRule, Rule } from "../rule-ir.ts";
import type { ReadCorrelation } from "./correlation.ts";
import { quoted } from "./nearest.ts";

interface Linked {
  readonly rules: readonly Rule[];
  readonly problems: readonly DetectError[];
  readonly notes: readonly string[];
}

/** Puts rules in an order in which each stands after those that it refers to, and says which raise alerts of their own. */
export function link(detections: readonly DetectionRule[], correlations: readonly ReadCorrelation[]): Linked {
  const read = new Map<string, Rule>([...detections, ...correlations.map(({ rule }) => rule)].map((rule) => [rule.key, rule]));
  const { order, problems, notes } = new Linker(read).run();
  const kept = new Set(order);
  const referred = new Set<string>();
  const generated = new Set<string>();
  for (const { rule, generate } of correlations) {
    // A correlation that was left out does not silence what it refers to.
    if (!kept.has(rule)) continue;
    for (const key of references(rule)) referred.add(key);
    if (generate) for (const key of rule.of) generated.add(key);
  }
  const rules = order.map((rule): Rule => ({ ...rule, alerts: !referred.has(rule.key) || generated.has(rule.key) }));
  return { rules, problems, notes };
}

function references(rule: Rule): readonly string[] {
  return rule.kind === "correlation" ? [...rule.of, ...rule.cancelOn] : [];
}

function place(rule: Rule): string {
  return `${rule.place.file}:${rule.place.line}`;
}

/** Depth first over references, without recursion: a chain may be as long as there are rules. */
class Linker {
  readonly order: Rule[] = [];
  readonly problems: DetectError[] = [];
  readonly notes: string[] = [];
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #state = new Map<string, "open" | "kept" | "left out">();

  constructor(rules: ReadonlyMap<string, Rule>) {
    this.#rules = rules;
  }

  run(): this {
    for (const key of this.#rules.keys()) this.#visit(key);
    return this;
  }

  #visit(from: string): void {
    const path: { readonly rule: Rule; next: number }[] = [];
    const enter = (key: string) => {
      const rule = this.#rules.get(key);
      if (rule === undefined || this.#state.has(key)) return;
      this.#state.set(key, "open");
      path.push({ rule, next: 0 });
    };
    enter(from);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const reference = references(step.rule)[step.next++];
      if (reference === undefined) {
        path.pop();
        this.#close(step.rule);
      } else if (this.#state.get(reference) === "open") {
        this.#cycle(
          path.map(({ rule }) => rule),
          reference,
        );
      } else enter(reference);
    }
  }

  #cycle(path: readonly Rule[], reference: string): void {
    const round = path.slice(path.findIndex(({ key }) => key === reference));
    const [first, ...others] = round;
    const way = [...others, first!].map((rule) => quoted(rule.name ?? rule.title)).join(", ");
    this.problems.push(new DetectError("RULE_CYCLE", { place: place(first!), key: quoted(first!.name ?? first!.title), given: way }));
    for (const rule of round) this.#state.set(rule.key, "left out");
  }

  #close(rule: Rule): void {
    if (this.#state.get(rule.key) === "left out") return;
    const lacking = references(rule).find((key) => this.#state.get(key) !== "kept");
    if (lacking === undefined) {
      this.#state.set(rule.key, "kept");
      this.order.push(rule);
      return;
    }
    this.#state.set(rule.key, "left out");
    this.notes.push(`${place(rule)}: ${quoted(rule.title)} is left out, for it refers to ${quoted(lacking)}, which has a problem`);
  }
}
