/** Makes a small project of a rule's example, as `pages/facts.ts` describes it, and scans it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { defaultConfig } from "../../config/parse.ts";
import type { Result } from "../../report/result.ts";
import { scan } from "../../scan.ts";
import type { RuleExample } from "../pages/facts.ts";

type Files = Readonly<Record<string, string>>;

/** What readers take for granted around the examples of a language. */
interface Usual {
  readonly path: string;
  readonly files: Files;
  /** What stands around the code; not where the code says it itself. */
  readonly around: (code: string) => string;
}

/** Scans the bad or the good code of an example. */
export async function scanExample(example: RuleExample, which: "bad" | "good"): Promise<Result> {
  const root = mkdtempSync(join(tmpdir(), "telltale-example-"));
  try {
    for (const [path, text] of Object.entries(filesOf(example, example[which]))) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return (await scan({ root, config: defaultConfig })).result;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function filesOf({ language, project = {} }: RuleExample, code: string): Files {
  const usual = USUAL[language];
  if (usual === undefined) throw new Error(`no usual project for examples in ${language}; known: ${Object.keys(USUAL).join(", ")}`);
  const parts = partsOf(code);
  const { before, after } = project;
  const inside = before?.endsWith(":") ? code.replaceAll(/^(?=.)/gm, "    ") : code;
  const whole = usual.around([before, inside, after].filter((part) => part !== undefined).join("\n"));
  return { ...usual.files, ...project.files, ...(parts ?? { [project.path ?? usual.path]: whole }) };
}

/** A line that is only the path of a file, as a comment. */
const PATH_LINE = /^(?:\/\/|#|--|<!--) ?([\w./-]+\.\w+)(?: -->)?$/;

/** The files that code is parted into; undefined where it does not begin with a path. */
function partsOf(code: string): Files | undefined {
  const parts: Record<string, string> = {};
  let path: string | undefined;
  for (const line of code.split("\n")) {
    const next = PATH_LINE.exec(line)?.[1];
    if (next !== undefined) parts[(path = next)] = "";
    else if (path === undefined) return undefined;
    else parts[path] += `${line}\n`;
  }
  return parts;
}

/** Lines before the code, by the names that they declare: those it uses, and those that they use; not what it declares itself. */
function behind(lines: Readonly<Record<string, string>>): (code: string) => string {
  return (code) =>
    Object.entries(lines).reduceRight(
      (whole, [name, line]) => (new RegExp(`\\b(?:${name})\\b`).test(whole) && !declares(code, name) ? `${line}\n${whole}` : whole),
      code,
    );
}

function declares(code: string, name: string): boolean {
  return new RegExp(String.raw`^\s*(?:const|let|import|from|export)\b[^\n]*\b(?:${name})\b|^(?:${name})\s*=`, "m").test(code);
}

/** Puts statements into a function, and functions into a file. */
function within(fn: RegExp, inner: string, whole: RegExp, frame: string): (code: string) => string {
  const isAround = new RegExp(`${fn.source}|${whole.source}`, "m");
  return (code) => framed(whole, frame)(framed(isAround, inner)(code));
}

/** Puts code in a frame, at `…`, where it does not match what a whole file has. */
function framed(whole: RegExp, frame: string): (code: string) => string {
  return (code) => (whole.test(code) ? code : frame.replace("…", () => code));
}

const scriptHead = behind({
  express: 'import express from "express";',
  pino: 'import pino from "pino";',
  pinoHttp: 'import pinoHttp from "pino-http";',
  app: "const app = express();",
  router: "const router = express.Router();",
  logger: "const logger = pino();",
});

/** Lines that speak of a request are those of a login. */
const script = (code: string): string => {
  const isPart = /\breq\b/.test(code) && !/=>|\bfunction\b/.test(code);
  return scriptHead(isPart ? `app.post("/login", async (req, res) => {\n${code}\n});` : code);
};
const nodePackage = {
  "package.json": JSON.stringify({ name: "shop", dependencies: { express: "*", pino: "*", "pino-http": "*", winston: "*", bunyan: "*" } }),
};

const pythonScript = behind({
  logging: "import logging",
  "Flask|abort|jsonify|redirect|request|session": "from flask import Flask, abort, jsonify, redirect, request, session",
  app: "app = Flask(__name__)",
  logger: "logger = logging.getLogger(__name__)",
});

/** Resources and a login, all in one controller. */
const phoenixRouter = `defmodule ShopWeb.Router do
  use Phoenix.Router

  resources "/users", ShopWeb.UserController
  post "/login", ShopWeb.UserController, :login
  post "/logout", ShopWeb.UserController, :logout
end
`;

const USUAL: Readonly<Record<string, Usual>> = {
  js: { path: "src/app.js", files: nodePackage, around: script },
  ts: { path: "src/app.ts", files: nodePackage, around: script },
  elixir: {
    path: "lib/shop_web/controllers/user_controller.ex",
    files: {
      "mix.exs": `defmodule Shop.MixProject do
  use Mix.Project

  def project, do: [app: :shop, version: "0.1.0", deps: deps()]

  defp deps, do: [{:phoenix, ">= 0.0.0"}, {:plug, ">= 0.0.0"}, {:ecto_sql, ">= 0.0.0"}, {:jason, ">= 0.0.0"}]
end
`,
      "lib/shop_web/router.ex": phoenixRouter,
    },
    around: within(
      /^\s*(?:defp?|defmodule|config|import|use) /m,
      'def login(conn, %{"email" => email, "password" => password}) do\n…\nend\n',
      /^\s*(?:defmodule|import Config|config|use Mix)\b/m,
      "defmodule ShopWeb.UserController do\n  use Phoenix.Controller\n  require Logger\n  alias Shop.Accounts\n\n…\nend\n",
    ),
  },
  python: { path: "app.py", files: { "requirements.txt": "flask\nsqlalchemy\nstructlog\nloguru\n" }, around: pythonScript },
  ruby: {
    path: "app/controllers/users_controller.rb",
    files: {
      Gemfile: 'gem "rails"\n',
      "config/routes.rb": `Rails.application.routes.draw do
  resources :users
  post "login", to: "users#login"
  post "logout", to: "users#logout"
end
`,
    },
    around: framed(/^\s*(?:class|module|Rails\.|require)\b/m, "class UsersController < ApplicationController\n…\nend\n"),
  },
  go: {
    path: "main.go",
    files: { "go.mod": "module example.com/shop\n\ngo 1.22\n" },
    around: framed(/^package /m, 'package main\n\nimport (\n\t"log"\n\t"log/slog"\n\t"net/http"\n)\n\n…\n'),
  },
  java: {
    path: "src/main/java/shop/UserController.java",
    files: {
      "pom.xml":
        "<project><artifactId>shop</artifactId><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>",
    },
    around: within(
      /\)\s*(?:throws [\w, ]+)?\{$/m,
      '@PostMapping("/login")\npublic ResponseEntity<?> login(HttpServletRequest request) {\n…\nreturn ResponseEntity.ok().build();\n}\n',
      /^(?:public )?(?:final )?(?:class|record|enum) /m,
      `package shop;

import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;

@RestController
public class UserController {
  private static final Logger log = LoggerFactory.getLogger(UserController.class);
  private static final Logger logger = log;

…
}
`,
    ),
  },
  kotlin: {
    path: "src/main/kotlin/shop/UserController.kt",
    files: { "build.gradle.kts": 'dependencies { implementation("org.springframework.boot:spring-boot-starter-web") }\n' },
    around: framed(
      /^(?:data )?(?:class|object) /m,
      `package shop

import org.slf4j.LoggerFactory
import org.springframework.http.ResponseEntity
import org.springframework.web.bind.annotation.*

private val log = LoggerFactory.getLogger("shop")
private val logger = log

@RestController
class UserController(private val users: UserService) {
…
}
`,
    ),
  },
  php: {
    path: "app/Http/Controllers/UserController.php",
    files: {
      "composer.json": '{ "require": { "laravel/framework": "^12.0" } }',
      "routes/web.php": `<?php
use App\\Http\\Controllers\\UserController;
use Illuminate\\Support\\Facades\\Route;

Route::resource('users', UserController::class);
Route::post('/login', [UserController::class, 'login']);
`,
    },
    around: framed(
      /^<\?php/m,
      `<?php

namespace App\\Http\\Controllers;

use Illuminate\\Http\\Request;
use Illuminate\\Support\\Facades\\Log;

class UserController extends Controller
{
…
}
`,
    ),
  },
  csharp: {
    path: "UsersController.cs",
    files: { "Shop.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>' },
    around: framed(
      /\b(?:class|record) \w+|^var builder\b/m,
      `using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

[ApiController, Route("users")]
public class UsersController(ILogger<UsersController> logger, UserService users) : ControllerBase
{
…
}
`,
    ),
  },
  rust: {
    path: "src/main.rs",
    files: { "Cargo.toml": '[package]\nname = "shop"\n\n[dependencies]\naxum = "0.8"\ntracing = "0.1"\nlog = "0.4"\n' },
    around: (code) => code,
  },
};
