import type { ContainerIR, FileIR, FunctionIR, Span } from "./nodes.ts";

/** What `file` of a function or container holds until `linkFile` has run. Never read it. */
export const UNLINKED: FileIR = {
  path: "",
  language: "",
  text: "",
  imports: [],
  exports: [],
  containers: [],
  functions: [],
  body: [],
  directives: [],
  comments: [],
};

/**
 * The last step of every lowering: brings functions and containers into source order and sets their `file`,
 * `container` and `parent`.
 *
 * `parts.functions` and `parts.containers` hold each one that the lowering made, in any order (push it as it is made).
 * Where each stands is read from the spans: `parent` is the function around it, `container` the innermost container
 * around it (closures of a method have the container of the method). Two with the same span are siblings. A `container`
 * that is already set is kept: methods that stand outside their type (Go).
 */
export function linkFile(parts: FileIR): FileIR {
  const file: FileIR = {
    ...parts,
    functions: [...parts.functions].sort(bySource),
    containers: [...parts.containers].sort(bySource),
  };
  const around: ContainerIR[] = [];
  for (const container of file.containers) {
    leave(around, container);
    container.file = file;
    container.parent ??= around.findLast((outer) => !sameSpan(outer, container));
    around.push(container);
  }
  linkFunctions(file);
  return file;
}

function linkFunctions(file: FileIR): void {
  const callers: FunctionIR[] = [];
  const holders: ContainerIR[] = [];
  let next = 0;
  for (const fn of file.functions) {
    for (let holder = file.containers[next]; holder && !(bySource(holder, fn) > 0); holder = file.containers[++next]) {
      leave(holders, holder);
      holders.push(holder);
    }
    leave(holders, fn);
    leave(callers, fn);
    fn.file = file;
    fn.container ??= holders.at(-1);
    fn.parent = callers.findLast((outer) => !sameSpan(outer, fn));
    callers.push(fn);
  }
}

/** Outer before inner, earlier before later. */
function bySource(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end;
}

/** Drops from the stack what ends before `inner` does. */
function leave(stack: Span[], inner: Span): void {
  for (let top = stack.at(-1); top && top.end < inner.end; top = stack.at(-1)) stack.pop();
}

function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
