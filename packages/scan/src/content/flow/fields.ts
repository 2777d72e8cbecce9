import type { ContainerIR, Expr, FunctionIR } from "../../ir/nodes.ts";
import { definitionsIn } from "./definitions.ts";

/** What a field of the object itself is given somewhere in its class. */
export interface FieldSource {
  readonly fn: FunctionIR | null;
  readonly value: Expr | null;
  /** It is the parameter of a constructor (TypeScript, Kotlin, records). */
  readonly parameter?: number;
  /** Members under which the value is put: `this.options.key = x`. */
  readonly under: readonly string[];
}

const known = new WeakMap<ContainerIR, ReadonlyMap<string, readonly FieldSource[]>>();

/** The values that the fields of a container are given, by the name of the field. */
export function fieldsOf(container: ContainerIR): ReadonlyMap<string, readonly FieldSource[]> {
  let fields = known.get(container);
  if (fields === undefined) known.set(container, (fields = collect(container)));
  return fields;
}

function collect(container: ContainerIR): Map<string, FieldSource[]> {
  const fields = new Map<string, FieldSource[]>();
  const add = (name: string, source: FieldSource): void => {
    const list = fields.get(name);
    if (list === undefined) fields.set(name, [source]);
    else list.push(source);
  };
  for (const field of container.fields) if (field.value !== undefined) add(field.name, { fn: null, value: field.value, under: [] });
  for (const fn of container.functions) {
    for (const [index, param] of fn.params.entries())
      if (param.field === true && param.pattern.kind === "bind") add(param.pattern.name, { fn, value: null, parameter: index, under: [] });
    for (const one of definitionsIn(fn.file, fn).get("this") ?? []) {
      const [name, ...under] = one.under;
      if (name !== undefined && one.from.kind === "value") add(name, { fn, value: one.from.expr, under });
    }
  }
  return fields;
}
