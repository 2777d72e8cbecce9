import { beforeAll, describe, expect, it } from "vitest";
import { defaultConfig } from "../../config/parse.ts";
import { createLoggersFor } from "../../facts.ts";
import { languages } from "../../languages/index.ts";
import type { Language } from "../../languages/language.ts";
import { createProject } from "../../project/project.ts";
import { createLines } from "../lines.ts";
import { createSetups, type LoggerSetup } from "./index.ts";

beforeAll(async () => {
  const known: readonly Language[] = languages;
  await Promise.all(known.map((language) => language.load?.()));
});

/** How the logger behind the first line of the first file is set up. */
function setupIn(files: Readonly<Record<string, string>>): LoggerSetup {
  const isSource = (path: string): boolean =>
    languages.some(({ extensions }) => (extensions as readonly string[]).some((one) => path.endsWith(one)));
  const entries = Object.entries(files);
  const project = createProject(
    "/",
    {
      texts: new Map(entries.filter(([path]) => isSource(path))),
      manifests: entries.map(([path, text]) => ({ path, text })).filter(({ path }) => !isSource(path)),
      notAnalysed: [],
    },
    languages,
  );
  const loggersFor = createLoggersFor(project);
  const [path] = Object.keys(files);
  const [line] = createLines(loggersFor, defaultConfig)(project.file(path!)!);
  return createSetups(project, loggersFor)(line!);
}

const npm = (...names: readonly string[]): string => JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, "*"])) });
const WINSTON_LINE = `import { logger } from "./logger.js"; logger.info("x");`;

describe("winston", () => {
  const winston = (options: string): LoggerSetup =>
    setupIn({
      "app.js": WINSTON_LINE,
      "logger.js": `import winston from "winston"; const { combine, json, simple, printf } = winston.format;
        export const logger = winston.createLogger(${options});`,
      "package.json": npm("winston"),
    });

  it("writes JSON unless it is told otherwise, from info on", () => {
    expect(winston("{ transports: [] }")).toMatchObject({ lineBreaks: "escaped", from: "info", redacts: false });
  });

  it("keeps line breaks in formats that are text", () => {
    expect(winston("{ format: combine(simple()) }").lineBreaks).toBe("kept");
    expect(winston("{ format: printf((info) => info.message) }").lineBreaks).toBe("kept");
    expect(winston("{ format: printf((info) => JSON.stringify(info)) }").lineBreaks).toBe("escaped");
  });

  it("is read as it is in production", () => {
    expect(winston(`{ level: process.env.NODE_ENV === "production" ? "warn" : "debug" }`).from).toBe("warn");
    expect(winston(`{ level: process.env.LOG_LEVEL || "error" }`).from).toBe("error");
    expect(winston(`{ format: process.env.NODE_ENV === "production" ? json() : simple() }`).lineBreaks).toBe("escaped");
  });

  it("is known to redact by a format's name", () => {
    expect(winston("{ format: combine(redactSecrets, json()) }").redacts).toBe("unknown");
  });
});

describe("pino", () => {
  it("gives the paths that it redacts", () => {
    const setup = setupIn({
      "app.js": `import pino from "pino"; const logger = pino({ level: "warn", redact: { paths: ["*.password"] } }); logger.info("x");`,
      "package.json": npm("pino"),
    });
    expect(setup).toMatchObject({ lineBreaks: "escaped", from: "warn", redacts: ["*.password"] });
  });

  it("keeps line breaks where production is pretty as well", () => {
    const pretty = (transport: string): LoggerSetup =>
      setupIn({
        "app.js": `import pino from "pino"; const logger = pino({ transport: ${transport} }); logger.info("x");`,
        "package.json": npm("pino"),
      });
    expect(pretty(`{ target: "pino-pretty" }`).lineBreaks).toBe("kept");
    expect(pretty(`process.env.NODE_ENV !== "production" ? { target: "pino-pretty" } : undefined`).lineBreaks).toBe("escaped");
  });
});

describe("other languages", () => {
  const python = "import logging\nlog = logging.getLogger(__name__)\nlog.info('x')\n";

  it("reads the settings of Django", () => {
    const settings = (formatter: string): string =>
      `LOGGING = {"formatters": {"a": ${formatter}}, "handlers": {"c": {"class": "logging.StreamHandler", "formatter": "a"}}, "root": {"level": "WARNING"}}`;
    const json = setupIn({ "app.py": python, "settings.py": settings(`{"()": "pythonjsonlogger.jsonlogger.JsonFormatter"}`) });
    expect(json).toMatchObject({ lineBreaks: "escaped", from: "warn" });
    expect(setupIn({ "app.py": python, "settings.py": settings(`{"format": "%(message)s"}`) }).lineBreaks).toBe("kept");
    expect(setupIn({ "app.py": python }).lineBreaks).toBe("kept");
  });

  it("reads the level of Elixir's production configuration", () => {
    const app = 'defmodule A do\n  require Logger\n  def a, do: Logger.info("x")\nend\n';
    const setup = setupIn({
      "lib/a.ex": app,
      "config/config.exs": "import Config\nconfig :logger, level: :debug\n",
      "config/prod.exs": "import Config\nconfig :logger, level: :warning\n",
      "config/dev.exs": "import Config\nconfig :logger, level: :error\n",
    });
    expect(setup).toMatchObject({ lineBreaks: "kept", from: "warn" });
    const json = setupIn({
      "lib/a.ex": app,
      "config/prod.exs": "import Config\nconfig :logger, :default_handler, formatter: {LoggerJSON.Formatters.Basic, []}\n",
    });
    expect(json.lineBreaks).toBe("escaped");
  });

  it("reads Rails' production environment", () => {
    const setup = setupIn({
      "app/a.rb": "Rails.logger.info('x')\n",
      "config/environments/production.rb": `Rails.application.configure do\n  config.log_level = ENV.fetch("RAILS_LOG_LEVEL", "warn")\nend\n`,
      "config/environments/development.rb": "Rails.application.configure do\n  config.log_level = :debug\nend\n",
    });
    expect(setup).toMatchObject({ lineBreaks: "kept", from: "warn" });
  });

  it("reads Logback's and Spring's files", () => {
    const app = `import org.slf4j.*; class A { Logger log = LoggerFactory.getLogger(A.class); void a() { log.info("x"); } }`;
    const logback = (encoder: string): string => `<configuration><appender>${encoder}</appender><root level="WARN"/></configuration>`;
    const text = setupIn({ "A.java": app, "logback.xml": logback("<encoder><pattern>%d %msg%n</pattern></encoder>") });
    expect(text).toMatchObject({ lineBreaks: "kept", from: "warn" });
    const replaced = setupIn({ "A.java": app, "logback.xml": logback(String.raw`<pattern>%replace(%msg){'[\r\n]', '_'}%n</pattern>`) });
    expect(replaced.lineBreaks).toBe("escaped");
    expect(setupIn({ "A.java": app, "application.yml": "logging:\n  structured:\n    format:\n      console: ecs\n" }).lineBreaks).toBe(
      "escaped",
    );
    expect(setupIn({ "A.java": app, "application.properties": "logging.level.root=ERROR\n" }).from).toBe("error");
  });

  it("reads the constructors of Go's libraries", () => {
    const zap = (made: string): LoggerSetup =>
      setupIn({
        "main.go": `package main\nimport "go.uber.org/zap"\nfunc main() {\n\tlogger, _ := zap.${made}()\n\tlogger.Info("x")\n}\n`,
        "go.mod": "module a\n\nrequire go.uber.org/zap v1.27.0\n",
      });
    expect(zap("NewProduction")).toMatchObject({ lineBreaks: "escaped", from: "info" });
    expect(zap("NewDevelopment")).toMatchObject({ lineBreaks: "kept", from: "debug" });
  });

  it("reads appsettings.json, production before the rest", () => {
    const app = `class A { ILogger _logger; void X() { _logger.LogInformation("x"); } }`;
    const level = (name: string): string => JSON.stringify({ Logging: { LogLevel: { Default: name } } });
    const setup = setupIn({ "A.cs": app, "appsettings.json": level("Information"), "appsettings.Production.json": level("Error") });
    expect(setup).toMatchObject({ lineBreaks: "kept", from: "error" });
  });
});
