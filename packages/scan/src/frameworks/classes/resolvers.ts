/** GraphQL resolver classes: NestJS and type-graphql spell them alike. */
import type { ContainerIR, Decorator, FunctionIR } from "../../ir/nodes.ts";
import type { FileView, HandlerFound } from "../framework.ts";
import { decoratorHints, decoratorIn, givenTo, methodName, methodsOf, nameOfDecorator, textOf, wholeOf } from "./decorated.ts";

const OPERATIONS: Readonly<Record<string, string>> = {
  Mutation: "mutation",
  Query: "query",
  Subscription: "subscription",
  ResolveField: "query",
  ResolveProperty: "query",
  ResolveReference: "query",
  FieldResolver: "query",
};
const NAMES: ReadonlySet<string> = new Set(Object.keys(OPERATIONS));
const CLASSES: readonly string[] = ["Resolver"];

/** Methods of classes that decorators of the package `from` make resolvers. `through` names the decorators that take guards. */
export function resolverMethods(view: FileView, from: RegExp, through: ReadonlySet<string>): readonly HandlerFound[] {
  const fromPackage = (decorator: Decorator): boolean => {
    const origin = view.importOf(decorator.name.split(".")[0] ?? "");
    return origin !== undefined && from.test(origin.source);
  };
  return view.file.containers.flatMap((container) =>
    methodsOf(container).flatMap((fn) => {
      const decorator = decoratorIn(fn.decorators, NAMES);
      return decorator === undefined || !fromPackage(decorator) ? [] : [resolver(container, fn, decorator, through)];
    }),
  );
}

function resolver(container: ContainerIR, fn: FunctionIR, decorator: Decorator, through: ReadonlySet<string>): HandlerFound {
  const method = OPERATIONS[nameOfDecorator(decorator)] ?? "query";
  return {
    kind: "route",
    name: methodName(container, fn),
    method,
    path: textOf(decorator, "name") ?? fn.name,
    entry: { fn },
    file: fn.file,
    container,
    at: wholeOf(fn),
    through: givenTo(through, container, fn),
    readOnly: method === "query" || method === "subscription",
    hints: decoratorHints(container, fn, new Set([...NAMES, ...CLASSES, ...through])),
  };
}
