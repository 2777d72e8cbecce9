import type { DetailName } from "@telltale/vocabulary";
import type { Project } from "../../project/project.ts";
import { detailsNamed } from "./names.ts";

/** Something in a project that puts details on every line of a language. */
interface Source {
  readonly languages: readonly string[];
  /** How it is set up; what stands behind it names the details where `gives` is absent. */
  readonly sign: RegExp;
  readonly gives?: readonly DetailName[];
}

const REQUEST: readonly DetailName[] = ["source IP", "user agent", "request ID"];
const ID: readonly DetailName[] = ["request ID"];

/**
 * Where lines get details from that their calls do not show: contexts of loggers, filters, processors, tracing. From the
 * documentation of each library; signs are as narrow as the names of their functions allow.
 */
const SOURCES: readonly Source[] = [
  // https://github.com/iamolegga/nestjs-pino: every line within a request carries the request.
  { languages: ["javascript"], sign: /["']nestjs-pino["']/g, gives: REQUEST },
  // https://nodejs.org/api/async_context.html and what is built on it: a store whose names say what it holds.
  {
    languages: ["javascript"],
    sign: /\b(?:new AsyncLocalStorage|cls-hooked|nestjs-cls|express-http-context|cls-rtracer|hono\/context-storage)\b/g,
    gives: ID,
  },
  { languages: ["javascript"], sign: /\.getStore\(\)\??\.|\bcls\.(?:get|set)\(|\bhttpContext\.(?:get|set)\(/g },
  { languages: ["javascript"], sign: /\bmixin\s*(?:\(\)|:)/g },
  // https://opentelemetry.io/docs/zero-code/js/, https://docs.datadoghq.com/tracing/other_telemetry/connect_logs_and_traces/nodejs/
  {
    languages: ["javascript"],
    sign: /@opentelemetry\/(?:instrumentation-(?:pino|winston|bunyan)|auto-instrumentations-node)|\bdd-trace\b.{0,80}logInjection|logInjection:\s*true/g,
    gives: ID,
  },
  // https://hexdocs.pm/plug/Plug.RequestId.html
  { languages: ["elixir"], sign: /\bplug\s*\(?\s*Plug\.RequestId\b/g, gives: ID },
  { languages: ["elixir"], sign: /\bLogger\.(?:metadata|put_process_level|put_module_level)\s*\(/g },
  // https://www.structlog.org/en/stable/contextvars.html, https://docs.python.org/3/howto/logging-cookbook.html#using-filters-to-impart-contextual-information
  { languages: ["python"], sign: /\bbind_contextvars\s*\(|\bbind_threadlocal\s*\(|\blogger\.contextualize\s*\(/g },
  { languages: ["python"], sign: /\brecord\.(?=\w+\s*=[^=])/g },
  {
    languages: ["python"],
    sign: /\b(?:django_guid|asgi_correlation_id|log_request_id|request_id\.middleware|opentelemetry\.instrumentation\.logging)\b|\bLoggingInstrumentor\b/g,
    gives: ID,
  },
  // https://django-structlog.readthedocs.io/en/latest/getting_started.html
  { languages: ["python"], sign: /\bdjango_structlog\.middlewares\b/g, gives: [...REQUEST, "actor"] },
  // https://guides.rubyonrails.org/configuring.html#config-log-tags
  { languages: ["ruby"], sign: /^\s*config\.log_tags\s*=/gm },
  { languages: ["ruby"], sign: /\.tagged\s*\(/g },
  // https://pkg.go.dev/github.com/rs/zerolog/hlog
  { languages: ["go"], sign: /\bhlog\.(?:RequestIDHandler)\b/g, gives: ID },
  { languages: ["go"], sign: /\bhlog\.(?:RemoteAddrHandler|RemoteIPHandler)\b/g, gives: ["source IP"] },
  // https://www.slf4j.org/manual.html#mdc, https://logging.apache.org/log4j/2.x/manual/thread-context.html
  {
    languages: ["java", "kotlin"],
    sign: /\b(?:MDC|ThreadContext|CloseableThreadContext)\.(?:put|putCloseable|push|add)\s*\(|\bwithLoggingContext\s*\(|\bMDCContext\s*\(/g,
  },
  // https://logback.qos.ch/manual/layouts.html#mdc
  { languages: ["java", "kotlin"], sign: /%(?:X|mdc)\{/g },
  // https://docs.micrometer.io/tracing/reference/
  { languages: ["java", "kotlin"], sign: /\bio\.micrometer\.tracing\b|\bspring\.sleuth\b|\bCallId\b.{0,40}|\bcallIdMdc\s*\(/g, gives: ID },
  // https://laravel.com/docs/logging#contextual-information, https://laravel.com/docs/context
  { languages: ["php"], sign: /\bLog::(?:withContext|shareContext)\s*\(|\bContext::add\s*\(/g },
  // https://github.com/Seldaek/monolog/blob/main/doc/02-handlers-formatters-processors.md#processors
  { languages: ["php"], sign: /\bWebProcessor\b/g, gives: ["source IP"] },
  { languages: ["php"], sign: /\bUidProcessor\b/g, gives: ID },
  { languages: ["php"], sign: /\bTokenProcessor\b/g, gives: ["actor"] },
  { languages: ["php"], sign: /\$record(?:->extra)?\[["'](?:extra["']\]\[["'])?/g },
  // https://github.com/serilog/serilog-aspnetcore, https://learn.microsoft.com/aspnet/core/fundamentals/logging#log-scopes
  {
    languages: ["csharp"],
    sign: /\bFromLogContext\b|\bIncludeScopes"?\s*[=:]\s*true|\bWithCorrelationId\w*\b|\bAddApplicationInsightsTelemetry\b|\bAddOpenTelemetry\b/g,
    gives: ID,
  },
  { languages: ["csharp"], sign: /\bWithClientIp\b/g, gives: ["source IP"] },
  {
    languages: ["csharp"],
    sign: /\bLogContext\.PushProperty\s*\(|\bBeginScope\s*\(|\bScopeContext\.Push\w*\s*\(|\bMappedDiagnosticsLogicalContext\.Set\s*\(/g,
  },
  // https://docs.rs/tracing: fields of the span around a request are fields of its lines.
  { languages: ["rust"], sign: /#\[(?:tracing::)?instrument\b|\b(?:info|debug|error|trace)_span!\s*\(/g },
  { languages: ["rust"], sign: /\btracing_actix_web\b|\bTracingLogger\b/g, gives: REQUEST },
];

/** Characters behind a sign in which its names stand. */
const REACH = 160;

/** Finds what the surroundings of a project put on every line of a language. Read from the texts once, when first asked. */
export function createSurroundings(project: Project): (language: string) => ReadonlySet<DetailName> {
  const known = new Map<string, ReadonlySet<DetailName>>();
  return (language) => {
    let given = known.get(language);
    if (given === undefined) known.set(language, (given = givenIn(project, language)));
    return given;
  };
}

function givenIn(project: Project, language: string): ReadonlySet<DetailName> {
  const given = new Set<DetailName>();
  const signs = SOURCES.filter(({ languages }) => languages.includes(language));
  const sources = project.paths.filter((path) => project.languageOf(path)?.id === language).map((path) => project.texts.get(path)!);
  for (const text of [...sources, ...project.settings.map((one) => one.text)]) {
    for (const { sign, gives } of signs)
      for (const detail of gives === undefined ? namedBehind(text, sign) : text.search(sign) === -1 ? [] : gives) given.add(detail);
  }
  return given;
}

function namedBehind(text: string, sign: RegExp): DetailName[] {
  const details: DetailName[] = [];
  for (const match of text.matchAll(sign)) {
    const end = match.index + match[0].length;
    const behind = text.slice(end, end + REACH).split(/\n\s*\n|;\s*\n|\bdef\b|\bend\b/)[0]!;
    for (const [name] of behind.matchAll(/[A-Za-z_][\w-]*/g))
      details.push(...detailsNamed(name).filter((detail) => SURROUNDING.has(detail)));
  }
  return details;
}

/** What a context can say; the rest is the line's own. */
const SURROUNDING: ReadonlySet<DetailName> = new Set<DetailName>(["actor", "source IP", "user agent", "request ID"]);
