import { absinthe } from "./absinthe.ts";
import { ash } from "./ash.ts";
import { betterAuth } from "./better-auth.ts";
import { express } from "./express.ts";
import { fastify } from "./fastify.ts";
import type { Framework } from "./framework.ts";
import { graphql } from "./graphql.ts";
import { hapi } from "./hapi.ts";
import { hono } from "./hono.ts";
import { koa } from "./koa.ts";
import { liveview } from "./liveview.ts";
import { nestjs } from "./nestjs.ts";
import { nextAuth } from "./next-auth.ts";
import { nextjs } from "./nextjs.ts";
import { nodeHttp } from "./node-http.ts";
import { nuxt } from "./nuxt.ts";
import { passport } from "./passport.ts";
import { phoenixSocket } from "./phoenix-socket.ts";
import { phoenix } from "./phoenix.ts";
import { plug } from "./plug.ts";
import { reactRouter } from "./react-router.ts";
import { safeAction } from "./safe-action.ts";
import { sveltekit } from "./sveltekit.ts";
import { trpc } from "./trpc.ts";

/** Every framework, by file name. */
export const frameworks = [
  absinthe,
  ash,
  betterAuth,
  express,
  fastify,
  graphql,
  hapi,
  hono,
  koa,
  liveview,
  nestjs,
  nextAuth,
  nextjs,
  nodeHttp,
  nuxt,
  passport,
  phoenix,
  phoenixSocket,
  plug,
  reactRouter,
  safeAction,
  sveltekit,
  trpc,
] satisfies Framework[];
