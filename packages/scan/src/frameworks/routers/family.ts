import type { FileIR } from "../../ir/nodes.ts";

/** What tells the routers of one framework from other objects that have `get` and `post`. */
export interface RouterFamily {
  /** Packages whose apps and routers these are. */
  readonly packages: RegExp;
  /** Dotted callees that make one: `express`, `express.Router`, `Koa`. */
  readonly makers: RegExp;
  /** Written types: `Router`, `express.Application`. */
  readonly types: RegExp;
  /** Names that mean one where nothing else is known. */
  readonly names: RegExp;
  /** Names that may as well be an HTTP client: believed only where the handler is certainly a function. */
  readonly maybe: RegExp;
  /** First parameters of a handler in this family: `req` here, `ctx` there. */
  readonly firstParam: RegExp;
  /** Dependencies that are believed first where a file does not say which framework it uses. */
  readonly yieldsTo: readonly string[];
}

/** Packages of server frameworks; a file that imports one belongs to that one. */
const SERVERS =
  /^(?:express(?:-promise-router)?|polka|restify|connect|router|ultimate-express|hyper-express|@tinyhttp\/app|fastify|koa|@koa\/router|koa-router|koa-joi-router|koa-tree-router|@koa\/multer|hono(?:\/.*)?|@hono\/.*|@hapi\/hapi|hapi)$/;

/** True where the file's imports say another server framework, and none say this one. */
export function belongsElsewhere(file: FileIR, family: RouterFamily): boolean {
  const sources = file.imports.map((one) => one.source);
  return sources.some((source) => SERVERS.test(source)) && !sources.some((source) => family.packages.test(source));
}
