import type { LetStmt, RecordEntry } from "../ir/nodes.ts";
import { canBeFunction } from "./builders/chain.ts";
import type { CallSite, FileView, Framework, HandlerFound } from "./framework.ts";
import { httpErrorOf } from "./http/errors.ts";
import { redirectTo, webResponseOf } from "./http/web-response.ts";
import { entryAt, follow, type Placed } from "./modules/follow.ts";
import { entryOf, methodOf, stringOf } from "./reading.ts";

/** Calls that take the options of Auth.js. https://authjs.dev/reference/nextjs */
const INSTANCES: ReadonlySet<string> = new Set([
  "NextAuth",
  "Auth",
  "SvelteKitAuth",
  "ExpressAuth",
  "NuxtAuthHandler",
  "SolidAuth",
  "QwikAuth$",
]);
const OPTIONS_TYPE = /(?:^|\.)(?:NextAuthOptions|NextAuthConfig|AuthOptions|AuthConfig)$/;
const CREDENTIALS = /^Credentials(?:Provider)?$/;
/** The callbacks that decide; `jwt` and `session` only shape what is stored. https://authjs.dev/reference/core#callbacks */
const CALLBACKS: ReadonlySet<string> = new Set(["signIn"]);

export const nextAuth: Framework = {
  id: "next-auth",
  title: "Auth.js (NextAuth)",
  docs: "https://authjs.dev/getting-started/authentication/credentials",
  languages: ["javascript"],
  enabledBy: { npm: ["next-auth", /^@auth\//] },
  mayHold: /\bauthorize\b|\bsignIn\b|\bevents\s*:/,
  handlers: (view) => {
    const options = [...view.calls.flatMap((site) => givenTo(site, view)), ...typedOptions(view)];
    const found = [...view.calls.flatMap((site) => credentials(site, view)), ...options.flatMap((one) => optionHandlers(one, view))];
    return [...new Map(found.map((one) => [`${one.file.path}:${one.at.start}`, one])).values()];
  },
  endOfCall: (call) => (methodOf(call) === "redirect" ? redirectTo(call.args[0], undefined) : (webResponseOf(call) ?? httpErrorOf(call))),
  // Its logger prints what `authorize` and the callbacks throw. https://authjs.dev/reference/core/errors
  logsUnhandled: () => true,
  request: { ip: 'req.headers?.["x-forwarded-for"]', actor: "user.id", requestId: null, userAgent: 'req.headers?.["user-agent"]' },
};

/** `Credentials({ async authorize(credentials) { … } })`: null, or a throw, is a failed login. */
function credentials({ call, scope }: CallSite, view: FileView): readonly HandlerFound[] {
  const [first] = call.args;
  if (!CREDENTIALS.test(methodOf(call)) || first === undefined) return [];
  const options = follow({ expr: first, file: view.file, scope }, view.project);
  const entry = entryNamed(options, "authorize");
  if (entry === undefined) return [];
  const id = stringOf(entryOf(options.expr, "id")) ?? "credentials";
  return [callback({ ...options, expr: entry.value }, `${id}.authorize`, entry)];
}

function entryNamed(placed: Placed, key: string): RecordEntry | undefined {
  return placed.expr.kind === "record" ? placed.expr.entries.findLast((entry) => entry.key === key) : undefined;
}

function givenTo({ call, scope }: CallSite, view: FileView): readonly Placed[] {
  if (!INSTANCES.has(methodOf(call))) return [];
  return call.args.map((expr) => optionsIn({ expr, file: view.file, scope }, view));
}

/** The options themselves, or what a function gives back: `NextAuth((req) => ({ … }))`. */
function optionsIn(placed: Placed, view: FileView): Placed {
  const options = follow(placed, view.project);
  if (options.expr.kind !== "function") return options;
  const { fn } = options.expr;
  const last = fn.body.findLast((stmt) => stmt.kind === "return");
  return last?.kind === "return" && last.value !== null ? follow({ expr: last.value, file: fn.file, scope: fn }, view.project) : options;
}

/** `export const authOptions: NextAuthOptions = { … }`, in any file. */
function typedOptions(view: FileView): readonly Placed[] {
  const lets = view.file.body.filter((stmt): stmt is LetStmt => stmt.kind === "let");
  return lets.flatMap(({ target, value }) => {
    if (value?.kind !== "record" || target.kind !== "bind") return [];
    const isOptions = OPTIONS_TYPE.test(target.type?.name ?? "") || /^(?:next)?auth(?:Options|Config)$/i.test(target.name);
    return isOptions ? [{ expr: value, file: view.file, scope: null }] : [];
  });
}

function optionHandlers(options: Placed, view: FileView): readonly HandlerFound[] {
  if (
    entryNamed(options, "providers") === undefined &&
    entryNamed(options, "callbacks") === undefined &&
    entryNamed(options, "events") === undefined
  ) {
    return [];
  }
  return [
    ...functionsUnder(options, "callbacks", view).filter(({ entry }) => CALLBACKS.has(entry.key ?? "")),
    ...functionsUnder(options, "events", view),
  ].map(({ placed, entry, place }) => callback(placed, place, entry));
}

function functionsUnder(options: Placed, key: string, view: FileView): readonly { placed: Placed; entry: RecordEntry; place: string }[] {
  const value = entryOf(options.expr, key);
  const map = value === undefined ? undefined : follow({ ...options, expr: value }, view.project);
  if (map?.expr.kind !== "record") return [];
  return map.expr.entries
    .filter((entry) => entry.key !== null && canBeFunction(entry.value))
    .map((entry) => ({ placed: { ...map, expr: entry.value }, entry, place: `${key}.${entry.key}` }));
}

function callback(placed: Placed, place: string, at: RecordEntry): HandlerFound {
  return {
    kind: "callback",
    name: place,
    path: `next-auth:${place}`,
    entry: entryAt(placed),
    file: placed.file,
    at: { start: at.start, end: at.end },
  };
}
