import { absinthe } from "./absinthe.ts";
import { actixWeb } from "./actix-web.ts";
import { aiohttp } from "./aiohttp.ts";
import { ash } from "./ash.ts";
import { aspNetCore } from "./aspnet-core.ts";
import { axum } from "./axum.ts";
import { betterAuth } from "./better-auth.ts";
import { buffalo } from "./buffalo.ts";
import { chi } from "./chi.ts";
import { codeigniter } from "./codeigniter.ts";
import { django } from "./django.ts";
import { djangoRestFramework } from "./django-rest-framework.ts";
import { echo } from "./echo.ts";
import { express } from "./express.ts";
import { fastEndpoints } from "./fast-endpoints.ts";
import { fastapi } from "./fastapi.ts";
import { fastify } from "./fastify.ts";
import { fiber } from "./fiber.ts";
import { flamego } from "./flamego.ts";
import { flask } from "./flask.ts";
import type { Framework } from "./framework.ts";
import { gin } from "./gin.ts";
import { goGrpc } from "./go-grpc.ts";
import { goRouters } from "./go-routers.ts";
import { gorillaMux } from "./gorilla-mux.ts";
import { graphql } from "./graphql.ts";
import { hanami } from "./hanami.ts";
import { grpcDotnet } from "./grpc-dotnet.ts";
import { hapi } from "./hapi.ts";
import { hertz } from "./hertz.ts";
import { hono } from "./hono.ts";
import { httprouter } from "./httprouter.ts";
import { iris } from "./iris.ts";
import { jaxRs } from "./jax-rs.ts";
import { jvmGrpc } from "./jvm-grpc.ts";
import { koa } from "./koa.ts";
import { laravel } from "./laravel.ts";
import { litestar } from "./litestar.ts";
import { ktor } from "./ktor.ts";
import { liveview } from "./liveview.ts";
import { macaron } from "./macaron.ts";
import { medusa } from "./medusa.ts";
import { micronaut } from "./micronaut.ts";
import { nestjs } from "./nestjs.ts";
import { netHttp } from "./net-http.ts";
import { nextAuth } from "./next-auth.ts";
import { nextjs } from "./nextjs.ts";
import { nodeGrpc } from "./node-grpc.ts";
import { nodeHttp } from "./node-http.ts";
import { nuxt } from "./nuxt.ts";
import { passport } from "./passport.ts";
import { phoenix } from "./phoenix.ts";
import { phoenixSocket } from "./phoenix-socket.ts";
import { play } from "./play.ts";
import { plug } from "./plug.ts";
import { poem } from "./poem.ts";
import { pyramid } from "./pyramid.ts";
import { pythonGrpc } from "./python-grpc.ts";
import { reactRouter } from "./react-router.ts";
import { rocket } from "./rocket.ts";
import { roda } from "./roda.ts";
import { safeAction } from "./safe-action.ts";
import { sanic } from "./sanic.ts";
import { servlet } from "./servlet.ts";
import { slim } from "./slim.ts";
import { signalr } from "./signalr.ts";
import { spring } from "./spring.ts";
import { starlette } from "./starlette.ts";
import { sveltekit } from "./sveltekit.ts";
import { symfony } from "./symfony.ts";
import { tonic } from "./tonic.ts";
import { tornado } from "./tornado.ts";
import { trpc } from "./trpc.ts";
import { warp } from "./warp.ts";
import { rails } from "./rails.ts";
import { sinatra } from "./sinatra.ts";
import { grape } from "./grape.ts";
import { awsLambda } from "./aws-lambda.ts";
import { cloudflareWorkers } from "./cloudflare-workers.ts";
import { firebaseFunctions } from "./firebase-functions.ts";
import { firebaseCallables } from "./firebase-callables.ts";
import { deno } from "./deno.ts";
import { adonisjs } from "./adonisjs.ts";
import { strapi } from "./strapi.ts";
import { astro } from "./astro.ts";
import { elysia } from "./elysia.ts";
import { oak } from "./oak.ts";
import { loopback } from "./loopback.ts";
import { solidstart } from "./solidstart.ts";
import { feathers } from "./feathers.ts";
import { sails } from "./sails.ts";

/** Every framework, by file name. */
export const frameworks = [
  absinthe,
  aiohttp,
  ash,
  aspNetCore,
  betterAuth,
  buffalo,
  chi,
  codeigniter,
  django,
  djangoRestFramework,
  echo,
  express,
  fastEndpoints,
  fastapi,
  fastify,
  fiber,
  flamego,
  flask,
  gin,
  goGrpc,
  gorillaMux,
  goRouters,
  graphql,
  grpcDotnet,
  jvmGrpc,
  nodeGrpc,
  pythonGrpc,
  hapi,
  hertz,
  hono,
  httprouter,
  iris,
  jaxRs,
  koa,
  laravel,
  litestar,
  ktor,
  liveview,
  macaron,
  medusa,
  micronaut,
  nestjs,
  netHttp,
  nextAuth,
  nextjs,
  nodeHttp,
  nuxt,
  passport,
  phoenix,
  phoenixSocket,
  play,
  plug,
  pyramid,
  rails,
  grape,
  hanami,
  roda,
  sinatra,
  reactRouter,
  safeAction,
  sanic,
  slim,
  signalr,
  spring,
  servlet,
  starlette,
  sveltekit,
  symfony,
  tornado,
  trpc,
  actixWeb,
  axum,
  rocket,
  poem,
  tonic,
  warp,
  awsLambda,
  cloudflareWorkers,
  firebaseFunctions,
  firebaseCallables,
  deno,
  adonisjs,
  strapi,
  astro,
  elysia,
  oak,
  loopback,
  solidstart,
  feathers,
  sails,
] satisfies Framework[];
