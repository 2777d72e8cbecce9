import type { Project, SyntaxNode } from "@telltale/scan/analysis";
import type { LeftOut } from "../../style/left-out.ts";
import { ofType, plainName, textIn } from "./nodes.ts";

/** What is said about classes anywhere in the code, by their names alone. */
interface Mentions {
  /** `new X(…)`, `X x = new(…)`. */
  readonly made: ReadonlySet<string>;
  /** The first name behind the colon of a class. */
  readonly bases: ReadonlySet<string>;
  /** `AddScoped<IX, X>()`, `UseMiddleware<X>()`, `typeof(X)` in such a call. */
  readonly registered: ReadonlySet<string>;
  /** Test doubles that are classes made of it: `new Mock<X>(…)`. */
  readonly doubled: ReadonlySet<string>;
}

/** How a class comes by what its constructor asks for. */
export type Making =
  /** The container alone makes it. */
  | "container"
  /** The container makes it, and tests do so by hand; or nobody could look whether they do. */
  | "also-by-hand"
  | { readonly refused: string };

/**
 * Classes that ASP.NET Core, gRPC and the libraries that send messages inside a process make by what they are, with
 * nothing that registers each of them. https://learn.microsoft.com/aspnet/core/fundamentals/dependency-injection
 */
const BY_KIND =
  /^(?:(?:Api|OData|Mvc)?Controller(?:Base)?|PageModel|Hub|ViewComponent|TagHelper|IRequestHandler|IStreamRequestHandler|INotificationHandler|IPipelineBehavior|IConsumer|Endpoint|EndpointWithoutRequest)$/;

/** Whether the container makes a class, and whether somebody else does. */
export function makingOf(type: SyntaxNode, text: string, project: Project, leftOut: LeftOut | undefined): Making {
  const name = plainName(type, text);
  const mine = mentionsIn(project);
  if (mine.bases.has(name)) return { refused: "other classes extend its class and hand its constructor what it needs" };
  if (mine.made.has(name)) return { refused: "the application makes its class by hand, and would have to hand it a logger" };
  if (!isOfKind(type, text, project) && !mine.registered.has(name))
    return { refused: "nothing shows that the container makes its class, and its class is given no logger" };
  if (leftOut === undefined) return "also-by-hand";
  const aside = mentionsAside(project, leftOut);
  if (aside.bases.has(name)) return { refused: "other classes extend its class and hand its constructor what it needs" };
  if (aside.doubled.has(name)) return { refused: "a test double is made of its class, and would have to hand it a logger" };
  return aside.made.has(name) ? "also-by-hand" : "container";
}

/** Whether a class, or one that it extends, is of a kind that is made without being registered. */
function isOfKind(type: SyntaxNode, text: string, project: Project): boolean {
  const list = ofType(type, "base_list");
  const bases = list?.children.map((base) => lastName(textIn(text, base))) ?? [];
  const seen = new Set<string>();
  const above = basesOf(project);
  for (let names = bases; names.length > 0;) {
    if (names.some((name) => BY_KIND.test(name))) return true;
    names = names.filter((name) => !seen.has(name)).flatMap((name) => (seen.add(name), above.get(name) ?? []));
  }
  return false;
}

const lastName = (base: string): string =>
  base
    .replace(/[<(].*$/s, "")
    .split(".")
    .at(-1)!
    .trim();

/** `class A<T>(B b) : C<D>, E` → A and `C<D>, E`. */
const CLASS = /\b(?:class|record)\s+(\w+)(?:<[^>{]*>)?\s*(?:\((?:[^()]|\([^()]*\))*\))?\s*:\s*([^{;]+?)(?=\bwhere\b|[{;])/g;
const MADE = /\bnew\s+(?:\w+\.)*([A-Z]\w*)\s*(?:<[^<>()]*>)?\s*[({]|\b([A-Z]\w*)(?:<[^<>]*>)?\??\s+\w+\s*=\s*new\s*\(/g;
const REGISTERED = /\b(?:(?:Try)?Add|Use|Map|Replace|Scoped|Transient|Singleton|Describe)\w*<([^()]*?)>\s*\(/g;
const REGISTERED_TYPES = /\b(?:(?:Try)?Add\w*|Scoped|Transient|Singleton|\w+Filter)\(\s*((?:typeof\([^()]*\)\s*,?\s*)+)/g;
/** https://github.com/devlooped/moq, https://nsubstitute.github.io, https://fakeiteasy.github.io */
const DOUBLED = /\b(?:Mock|ForPartsOf|Fake)<(?:\w+\.)*([A-Z]\w*)(?:<[^<>]*>)?>\s*\(|\bSubstitute\.For<(?:\w+\.)*([A-Z]\w*)>\s*\(\s*[^)\s]/g;

const known = new WeakMap<Project, { mine?: Mentions; aside?: Mentions; bases?: ReadonlyMap<string, readonly string[]> }>();

function memoOf(project: Project): NonNullable<ReturnType<typeof known.get>> {
  let memo = known.get(project);
  if (memo === undefined) known.set(project, (memo = {}));
  return memo;
}

const mentionsIn = (project: Project): Mentions => (memoOf(project).mine ??= mentionsOf(textsOf(project)));

function mentionsAside(project: Project, leftOut: LeftOut): Mentions {
  return (memoOf(project).aside ??= mentionsOf(leftOut(".cs").filter((text) => !textsOf(project).includes(text))));
}

const textsOf = (project: Project): readonly string[] =>
  [...project.texts].filter(([path]) => path.endsWith(".cs")).map(([, text]) => text);

function basesOf(project: Project): ReadonlyMap<string, readonly string[]> {
  const memo = memoOf(project);
  if (memo.bases !== undefined) return memo.bases;
  const bases = new Map<string, readonly string[]>();
  for (const text of textsOf(project))
    for (const [, name, list] of text.matchAll(CLASS)) bases.set(name!, list!.split(/,(?![^<]*>)/).map(lastName));
  return (memo.bases = bases);
}

function mentionsOf(texts: readonly string[]): Mentions {
  const [made, bases, registered, doubled] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  for (const text of texts) {
    for (const [, plain, target] of text.matchAll(MADE)) made.add(plain ?? target!);
    for (const [, , list] of text.matchAll(CLASS)) bases.add(lastName(list!.split(",")[0]!));
    for (const [, list] of text.matchAll(REGISTERED)) for (const [name] of list!.matchAll(/\w+/g)) registered.add(name);
    for (const [, list] of text.matchAll(REGISTERED_TYPES)) for (const [name] of list!.matchAll(/\w+/g)) registered.add(name);
    for (const [, plain, target] of text.matchAll(DOUBLED)) doubled.add(plain ?? target!);
  }
  return { made, bases, registered, doubled };
}
