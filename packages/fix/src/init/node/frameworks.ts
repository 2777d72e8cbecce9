/** How the context middleware is put into an application of a framework. */
export interface NodeFramework {
  readonly id: string;
  readonly title: string;
  /** What of the dependencies shows that it is used. */
  readonly dependency: string;
  /** The adapter of `@telltale/log`. */
  readonly adapter: string;
  /** An expression that makes the application, given the name under which the framework is imported. */
  readonly makes?: (name: string) => RegExp;
  /** The statement behind it. */
  readonly install?: (app: string) => string;
  /** Where it cannot be put into one place: what people do. */
  readonly byHand?: string;
}

/** One row an adapter: packages/log/README.md. Those that build on another stand before it. */
export const nodeFrameworks: readonly NodeFramework[] = [
  {
    id: "nestjs",
    title: "NestJS",
    dependency: "@nestjs/core",
    adapter: "@telltale/log/nestjs",
    makes: (name) => new RegExp(`^await ${name}\\.create(?:<[^(]*>)?\\(`),
    install: (app) => `${app}.use(securityContext(security))`,
  },
  {
    id: "nextjs",
    title: "Next.js",
    dependency: "next",
    adapter: "@telltale/log/nextjs",
    byHand: 'wrap each route handler and server action: export const POST = withSecurityContext(security, handler, { route: "/login" })',
  },
  {
    id: "fastify",
    title: "Fastify",
    dependency: "fastify",
    adapter: "@telltale/log/fastify",
    makes: (name) => new RegExp(`^(?:await )?${name}(?:\\.fastify)?(?:<[^(]*>)?\\(`),
    install: (app) => `${app}.register(securityContext(security))`,
  },
  {
    id: "koa",
    title: "Koa",
    dependency: "koa",
    adapter: "@telltale/log/koa",
    makes: (name) => new RegExp(`^new ${name}(?:<[^(]*>)?\\(`),
    install: (app) => `${app}.use(securityContext(security))`,
  },
  {
    id: "hono",
    title: "Hono",
    dependency: "hono",
    adapter: "@telltale/log/hono",
    makes: (name) => new RegExp(`^new ${name}(?:<[^(]*>)?\\(`),
    install: (app) => `${app}.use(securityContext(security))`,
  },
  {
    id: "express",
    title: "Express",
    dependency: "express",
    adapter: "@telltale/log/express",
    makes: (name) => new RegExp(`^${name}\\(`),
    install: (app) => `${app}.use(securityContext(security))`,
  },
  {
    id: "trpc",
    title: "tRPC",
    dependency: "@trpc/server",
    adapter: "@telltale/log/trpc",
    byHand: "put it into the procedures that requests reach: t.procedure.use(securityContext(security))",
  },
];
