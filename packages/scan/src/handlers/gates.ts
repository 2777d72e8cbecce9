import type { Framework } from "../frameworks/framework.ts";
import type { Walk } from "../outcomes/walk.ts";
import type { Found } from "./find.ts";

/** Adds the middleware and guards that routes name, each once: what they refuse is theirs to record. */
export function withGates(found: readonly Found[], walkOf: (framework: Framework) => Walk): Found[] {
  const known = new Set(found.flatMap(({ handler }) => ("fn" in handler.entry ? [`${handler.file.path}:${handler.entry.fn.start}`] : [])));
  const gates: Found[] = [];
  for (const { handler, framework } of found) {
    for (const expr of handler.through ?? []) {
      const scope = "expr" in handler.entry ? handler.entry.scope : (handler.entry.fn.parent ?? null);
      const value = walkOf(framework).valueAt(expr, handler.file, scope, handler.container ?? null);
      if (value.kind !== "closure") continue;
      const fn = value.fns[0]!;
      const key = `${fn.file.path}:${fn.start}`;
      if (known.has(key)) continue;
      known.add(key);
      gates.push({
        framework,
        handler: {
          kind: "gate",
          name: nameOf(fn.name, fn.parent?.name, fn.container?.name),
          entry: { fn },
          file: fn.file,
          at: fn,
          ...(fn.container === undefined ? {} : { container: fn.container }),
        },
      });
    }
  }
  return [...found, ...gates];
}

function nameOf(own: string, parent: string | undefined, container: string | undefined): string {
  const name = own !== "" ? own : (parent ?? "middleware");
  return container === undefined || container === "" ? name : `${container}.${name}`;
}
