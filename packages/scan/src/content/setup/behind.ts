import type { FileIR } from "../../ir/nodes.ts";
import type { Logger } from "../../loggers/logger.ts";
import type { LogLine } from "../lines.ts";

/** Loggers that are known by their name only: another library writes what they are given. */
const BY_NAME: ReadonlySet<string> = new Set(["generic", "go-loggers"]);

/**
 * Facades, and the libraries that write for them where the application depends on one, the likeliest first:
 * Nest's logger is replaced by `app.useLogger`, .NET's by `UseSerilog`, Laravel binds PSR-3 to its own.
 */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  "nestjs-logger": ["pino", "winston"],
  "microsoft-logging": ["serilog"],
  monolog: ["laravel-log"],
};

/** The library that writes a line in the end. Undefined where several may, or none is known. */
export function behind(
  line: LogLine,
  enabled: readonly Logger[],
  open: (source: string) => FileIR | undefined,
  loggersFor: (file: FileIR) => readonly Logger[],
): Logger | undefined {
  const { logger, view, file } = line;
  if (!BY_NAME.has(logger.id)) {
    const writers = WRITERS[logger.id] ?? [];
    // One that is always on says nothing of what the application depends on.
    return enabled.find((one) => writers.includes(one.id) && one.enabledBy.always !== true) ?? logger;
  }
  const imported = file.imports.find((one) => one.local === line.view.receiver[0]);
  const module = imported === undefined || view.origin === "" ? undefined : open(imported.source);
  return only(module === undefined ? enabled : byImports(module, loggersFor(module)), file);
}

/** The libraries that a module imports itself, else all that are switched on for it. */
function byImports(module: FileIR, enabled: readonly Logger[]): readonly Logger[] {
  const mine = enabled.filter(({ enabledBy }) =>
    [...(enabledBy.npm ?? []), ...(enabledBy.go ?? []), ...(enabledBy.imports ?? [])].some((wanted) =>
      module.imports.some(({ source }) => (typeof wanted === "string" ? source === wanted : wanted.test(source))),
    ),
  );
  return mine.length > 0 ? mine : enabled;
}

/** Those that are switched on by a dependency or an import say more than those that are always on. */
function only(loggers: readonly Logger[], file: FileIR): Logger | undefined {
  const candidates = loggers.filter(
    ({ lineBreaks, enabledBy, languages }) => lineBreaks !== undefined && enabledBy.always !== true && languages.includes(file.language),
  );
  const [first] = candidates;
  if (first === undefined) return undefined;
  return candidates.every(({ lineBreaks }) => lineBreaks === first.lineBreaks) ? first : undefined;
}
