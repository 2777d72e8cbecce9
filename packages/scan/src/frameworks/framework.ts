import type { AssignExpr, CallExpr, ContainerIR, Expr, FileIR, FunctionIR, Span, TypeRef } from "../ir/nodes.ts";

/** Where a project gets its dependencies from, by the name of the registry. */
export const ECOSYSTEMS = ["npm", "hex", "pypi", "rubygems", "go", "maven", "packagist", "nuget", "cargo"] as const;
export type Ecosystem = (typeof ECOSYSTEMS)[number];

/**
 * What switches a unit on: a dependency of the project, by ecosystem (any of them), or `always`. Names are as
 * `project/dependencies.ts` gives them: of PyPI in lower case with hyphens, of Maven `group:artifact`, of Go the module path.
 */
export interface EnabledBy extends Partial<Readonly<Record<Ecosystem, readonly (string | RegExp)[]>>> {
  /** An import of this source in the file itself (Elixir: a module name or its prefix). */
  readonly imports?: readonly (string | RegExp)[];
  readonly always?: boolean;
}

/**
 * `route`: serves requests. `gate`: middleware, guard, plug: decides whether a request goes on.
 * `callback`: a place where a library lets the application decide a login (Passport strategy, NextAuth callback).
 * `errors`: answers what was thrown; it is not judged, but what it records counts for what it is given.
 */
export type HandlerKind = "route" | "gate" | "callback" | "errors";

/** A handler as a framework file finds it. */
export interface HandlerFound {
  readonly kind: HandlerKind;
  /** For people: `login`, `UserController.delete`, `POST /login`. */
  readonly name: string;
  /** `POST`, `DELETE`, `mutation`, `query`, `event`, `action`, `subscription`; upper case for HTTP. */
  readonly method?: string;
  /** The path template as written, with the prefixes that are known; or the name of the mutation. */
  readonly path?: string;
  /**
   * What runs. `fn`: a function. `expr`: an expression in the scope of `scope` (null: top level of `file`) whose value
   * is the function: a name, `withAuth(handler)`, `this.login`, `authController.login`, a handler factory's call.
   */
  readonly entry: { readonly fn: FunctionIR } | { readonly expr: Expr; readonly scope: FunctionIR | null };
  readonly file: FileIR;
  /** The class or module that the handler belongs to, where it is not that of `fn`. */
  readonly container?: ContainerIR;
  /** Where the handler (with its decorators) or its registration stands. */
  readonly at: Span;
  /** Middleware, guards and interceptors named at the route, as expressions in the same scope. */
  readonly through?: readonly Expr[];
  /**
   * A function of kind `errors` that answers with what the handler returns instead of an answer, given the request and
   * that value (`action_fallback` of Phoenix: `call(conn, {:error, reason})`); an expression in the scope of `entry`.
   */
  readonly fallback?: Expr;
  /** It answers with a record that holds the status under this key: `{ statusCode: 401, body }` of AWS Lambda. */
  readonly statusIn?: string;
  /** What it gives last is an error or null: an error that it gives goes where a throw goes. */
  readonly returnsErrors?: boolean;
  /**
   * A gate that decides by the value that it gives (`false`, `:error`, `{:error, _}`, `{:halt, _}` refuse), not by an answer.
   * `raises`: the error that the framework throws then.
   */
  readonly decides?: { readonly raises?: string };
  /** With `errors`: names of the types of error that it is given, where it says so (`@Catch(HttpException)`); absent: all. */
  readonly catches?: readonly string[];
  /** With `errors`: the member of its first parameter that holds the error (`context.Exception`); absent: it is given the error itself. */
  readonly errorIn?: string;
  /** Classes of the events that the framework sends when it runs this: what listeners record of them is recorded of it. */
  readonly sends?: readonly string[];
  /** Functions that run when it has ended, as expressions in the scope of `entry`: what they record is recorded of it. */
  readonly after?: readonly Expr[];
  /** A mutation that reads only (GET, query): weak evidence against a sensitive action. */
  readonly readOnly?: boolean;
  /** It answers GET where another handler takes what is sent to the same path: it shows the form. Filled by `handlers/forms.ts`. */
  readonly showsForm?: boolean;
  /** It refuses by throwing; that it gives nothing refuses nothing. */
  readonly refusesByThrow?: boolean;
  /** It checks what every request carries (a bearer token): that somebody is let in is no event, only that somebody is not. */
  readonly everyRequest?: boolean;
  /** Words that the framework knows about the handler: tags, decorators, permission names. */
  readonly hints?: readonly string[];
}

/** What a call or an assignment says about how the request is answered. Several in a row add up: `res.status(401)` then `.json()`. */
export interface End {
  /** HTTP status, where it can be read. */
  readonly status?: number;
  /** The answer goes out here (`json`, `send`, `redirect`, `render`, return of a Response). */
  readonly sent?: boolean;
  /** Said outright, whatever the status: `unauthorized()`, `forbidden()`, `halt`. */
  readonly kind?: "denied" | "invalid" | "error" | "redirect";
  /** Expressions whose text tells what happened: body, flash message, redirect target. */
  readonly says?: readonly Expr[];
  /** The call hands over an error, like `next(err)` or `done(err)`: goes where a throw goes. */
  readonly raises?: Expr;
  /** The call does not return (`redirect()` of Next.js throws). */
  readonly stops?: boolean;
  /** The call throws this error where it refuses, and returns otherwise: an authentication manager. */
  readonly throws?: string;
  /** The call gives a result that says whether it refused (`result.Succeeded`), or true or false. */
  readonly decides?: true;
  /** With `throws`: classes of the events that the framework sends where it lets somebody in, and where it refuses. */
  readonly sends?: { readonly done: readonly string[]; readonly refused: readonly string[] };
  /** The call does all this, or returns as if nothing was: `ctx.assert(user, 401)`. */
  readonly perhaps?: boolean;
  /** The call returns, but the request goes no further: what follows the gate does not run (`halt` of Plug). */
  readonly halts?: boolean;
  /** The status holds also where the function that is called is the project's own and does not say it itself. */
  readonly helper?: boolean;
}

/** What a framework file may ask about the file it reads. All of it is precomputed once a file. */
export interface FileView {
  readonly file: FileIR;
  /** Every call of the file in source order, with the function it stands in (null: top level or container body). */
  readonly calls: readonly CallSite[];
  /** Every `object.property = value` of the file. */
  readonly assigns: readonly AssignSite[];
  /** The value that a local name was given (const, let, function, class, import excluded), seen from `scope`. */
  readonly valueOf: (name: string, scope: FunctionIR | null) => Expr | undefined;
  /** Type written at the declaration of a name: parameter, variable or field of `this`. */
  readonly typeOf: (name: string, scope: FunctionIR | null) => TypeRef | undefined;
  /** The import that a name stands for (`express` → source `express`). */
  readonly importOf: (name: string) => { readonly source: string; readonly imported: string } | undefined;
  /** The path prefix under which the routers of this file are mounted elsewhere, where known ("" otherwise). */
  readonly project: ProjectFacts;
}

export interface CallSite {
  readonly call: CallExpr;
  readonly scope: FunctionIR | null;
  readonly container: ContainerIR | null;
}

export interface AssignSite {
  readonly assign: AssignExpr;
  readonly scope: FunctionIR | null;
  readonly container: ContainerIR | null;
}

/** What is known of the project as a whole. */
export interface ProjectFacts {
  /** True where a manifest above `path` (its package, else the workspace root) names the dependency. */
  readonly has: (ecosystem: Ecosystem, dependency: string | RegExp, path: string) => boolean;
  /** The file that an import source means, as a parsed file; undefined for a package or where it cannot be found. */
  readonly open: (from: FileIR, source: string) => FileIR | undefined;
  /** Every path of the project, relative, sorted. */
  readonly paths: readonly string[];
  /** Text of a file, unparsed (route files, config). */
  readonly read: (path: string) => string | undefined;
  /** A file of the project, parsed; undefined where there is none. */
  readonly file?: (path: string) => FileIR | undefined;
  /** The container of that full name (Elixir module), parsed. */
  readonly container: (name: string) => ContainerIR | undefined;
}

/** One file a framework. Facts and one function that reads the IR; the core does everything else. */
export interface Framework {
  /** Equals the file's name. */
  readonly id: string;
  readonly title: string;
  readonly docs: string;
  /** Languages whose files it reads: ids of `languages/`. */
  readonly languages: readonly string[];
  readonly enabledBy: EnabledBy;
  /** A text that does not match cannot hold a handler of this framework. May only over-approximate. */
  readonly mayHold: RegExp;
  /** Some frameworks say by the path what a file is (`app/…/route.ts`). May only over-approximate. */
  readonly mayHoldPath?: RegExp;
  readonly handlers: (view: FileView) => readonly HandlerFound[];
  /** What a call says about the answer. Called for every call on the way through a handler of this framework. */
  readonly endOfCall?: (call: CallExpr) => End | undefined;
  /** The same for `ctx.status = 401`, `ctx.body = …`. */
  readonly endOfAssign?: (assign: AssignExpr) => End | undefined;
  /** Whatever a handler gives back is the answer, or its body. */
  readonly answersByReturn?: true;
  /**
   * Whether an error thrown out of this handler reaches the application's error handlers at all; absent: it does.
   * `versionOf` gives the range in which the package around the handler wants a dependency.
   */
  readonly handsOnThrown?: (handler: HandlerFound, versionOf: (dependency: string) => string | undefined) => boolean;
  /**
   * A thrown error nobody in the application handles: does the framework itself log it at error level?
   * `status`: the status the error carries (undefined: a plain error).
   */
  readonly logsUnhandled?: (status: number | undefined, errorName: string | undefined) => boolean;
  /** How a handler gets at these, as source text in the idiom; `null` where there is no idiom. For proposals and fixes. */
  readonly request: {
    readonly ip: string | null;
    readonly actor: string | null;
    readonly requestId: string | null;
    readonly userAgent?: string | null;
  };
  /** The same for one handler, where that depends on what kind of handler it is. */
  readonly requestOf?: (handler: HandlerFound) => Framework["request"];
}
