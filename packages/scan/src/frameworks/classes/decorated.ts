/** Classes whose decorators say what their methods are. */
import type { ContainerIR, Decorator, Expr, FunctionIR, Span } from "../../ir/nodes.ts";
import { entryOf, flat, stringOf } from "../reading.ts";

/** `@common.Post()` is called Post. */
export function nameOfDecorator(decorator: Decorator): string {
  return decorator.name.slice(decorator.name.lastIndexOf(".") + 1);
}

export function decoratorIn(decorators: readonly Decorator[], names: ReadonlySet<string>): Decorator | undefined {
  return decorators.find((one) => names.has(nameOfDecorator(one)));
}

/** The text that a decorator is given: a first argument that is text, else the text under one of the keys of its options. */
export function textOf(decorator: Decorator, ...keys: readonly string[]): string | undefined {
  const first = decorator.args[0];
  const direct = stringOf(first?.kind === "list" ? first.items[0] : first);
  if (direct !== undefined) return direct;
  for (const arg of decorator.args) {
    const value = entryOf(arg, ...keys);
    const text = stringOf(value?.kind === "list" ? value.items[0] : value);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** From the first decorator to the end of the method. */
export function wholeOf(fn: FunctionIR): Span {
  return { start: Math.min(fn.start, ...fn.decorators.map((one) => one.start)), end: fn.end };
}

/** What the class and then the method give to decorators of these names: the guards of `@UseGuards(A, B)`. */
export function givenTo(names: ReadonlySet<string>, container: ContainerIR, fn: FunctionIR): readonly Expr[] {
  return [...container.decorators, ...fn.decorators].filter((one) => names.has(nameOfDecorator(one))).flatMap((one) => flat(one.args));
}

/**
 * Names of the decorators of the method and its class, and the words that they are given: `@Roles("admin")` → Roles, admin.
 * `known` are those that the framework reads otherwise; they tell nothing more.
 */
export function decoratorHints(container: ContainerIR, fn: FunctionIR, known: ReadonlySet<string>): readonly string[] {
  const telling = [...fn.decorators, ...container.decorators].filter((one) => !known.has(nameOfDecorator(one)));
  return [...new Set(telling.flatMap((one) => [nameOfDecorator(one), ...flat(one.args).flatMap(wordsOf)]))];
}

function wordsOf(arg: Expr): readonly string[] {
  const text = stringOf(arg);
  if (text !== undefined) return [text];
  return arg.kind === "member" && arg.property !== null ? [arg.property] : [];
}

/** `UserController.delete`. */
export function methodName(container: ContainerIR, fn: FunctionIR): string {
  return container.name === "" ? fn.name : `${container.name}.${fn.name}`;
}

/** Methods that a class can be reached by: no constructors, accessors and statics. */
export function methodsOf(container: ContainerIR): readonly FunctionIR[] {
  return container.functions.filter((fn) => fn.role === undefined && !fn.isStatic);
}

export function extendsOne(container: ContainerIR, name: RegExp): boolean {
  return container.extends.some((one) => name.test(one.name));
}
