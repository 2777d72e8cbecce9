import type { ContextSource } from "../context/source.ts";
import * as express from "./express.ts";

/**
 * Middleware for NestJS on Express, in `main.ts` before the application listens: `app.use(securityContext(security))`. Guards,
 * pipes, interceptors, handlers and filters run in the context, and the route is the controller's template. As functional
 * middleware of a module (`consumer.apply(securityContext(security)).forRoutes("*path")`) it comes after NestJS' own body
 * parsers, so that a filter for a body that cannot be parsed is outside of the context.
 * On Fastify, register the plugin of the adapter for Fastify: `app.register(securityContext(security))`.
 */
export const securityContext: (log: ContextSource) => ReturnType<typeof express.securityContext> = express.securityContext;
