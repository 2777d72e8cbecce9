import { expect, it } from "vitest";
import { frameworks } from "./index.ts";

/** Sources: express lib/application.js (logerror), fastify lib/error-handler.js, koa lib/application.js (onerror), hono hono-base.ts (errorHandler). */
it.each([
  ["express", 401, undefined, true],
  ["express", undefined, undefined, true],
  ["fastify", 401, undefined, false],
  ["fastify", 500, undefined, true],
  ["fastify", undefined, "Error", true],
  ["koa", 403, undefined, false],
  ["koa", undefined, "TypeError", true],
  ["hono", 401, "HTTPException", false],
  ["hono", undefined, "Error", true],
  ["hapi", 401, undefined, false],
  ["hapi", undefined, "Error", true],
  ["node-http", undefined, "Error", false],
  ["adonisjs", undefined, "Error", true],
  ["adonisjs", undefined, "E_INVALID_CREDENTIALS", false],
  ["firebase-callables", 401, "HttpsError", false],
  ["firebase-callables", undefined, "Error", true],
  ["strapi", undefined, "ApplicationError", false],
  ["strapi", undefined, "TypeError", true],
  ["loopback", 401, "Unauthorized", false],
])("%s, given an error nobody handles (%s %s): logs it is %s", (id, status, name, logged) => {
  const framework = frameworks.find((one) => one.id === id);
  expect(framework?.logsUnhandled?.(status, name)).toBe(logged);
});
