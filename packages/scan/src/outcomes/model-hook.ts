/** What runs when rows of a model are written, whatever declares it. */
import type { FileIR, Span } from "../ir/nodes.ts";
import { MODEL_SUFFIX, type Write } from "../loggers/model-hooks.ts";
import type { ClosureValue, Value } from "./values.ts";
import type { Record } from "./way.ts";

/** A function that runs when rows of a model are written. */
export interface ModelHook {
  /** As `modelKey` spells it; `*`: every model. */
  readonly model: string;
  /** The schema that it was given to, where there is one: it tells models of one name apart. */
  readonly schema?: Value;
  readonly on: Write | "any";
  /** Statements for many rows at once do not run it. */
  readonly single?: true;
  /** Methods that write the row without running it. */
  readonly past?: RegExp;
  /** Calls that do so by what they are called on as well. */
  readonly pastPath?: RegExp;
  readonly does: ClosureValue | Record;
}

/** `roleModel`, `Role`, `roles` and `userRoleRepository` → `role`, `role`, `role`, `userrole`. */
export function modelKey(name: string): string {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return last
    .replace(MODEL_SUFFIX, "")
    .replace(/[^A-Za-z0-9]/g, "")
    .toLowerCase()
    .replace(/s$/, "");
}

/** A library that writes a row for every change of a model. */
export function trailOf(model: string, span: Span, file: FileIR): ModelHook {
  const does: Record = {
    file,
    span: { start: span.start, end: span.end },
    by: "audit",
    level: "audit",
    texts: ["audit log"],
    fields: ["actor", "changes"],
    ofRow: true,
    via: [],
  };
  return { model, on: "any", does, single: true };
}
