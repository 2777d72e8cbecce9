import { isLoggerReceiver } from "./by-name.ts";
import { formatText, GO_LEVELS, goFact, goFields, goLevel, isVerbose, STANDARD_PRINTS } from "./go-levels.ts";
import type { CallView, Level, Logger } from "./logger.ts";

/** What is called a logger in Go, wherever it comes from: `log.Warn`, `s.logger.Infow`, `app.Logger().Error`, `log.FromContext(ctx).Info`. */
export const goLoggers: Logger = {
  id: "go-loggers",
  title: "Loggers by name (Go)",
  docs: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",
  languages: ["go"],
  enabledBy: { always: true },
  textArgs: true,
  preference: 39,
  record: (view) => goFact(levelOf(view), view.call.args, goFields(view.call.args.slice(1))),
  write: (line) => `${line.logger}.${GO_LEVELS[line.level]}f(${formatText(line)})`,
};

/** Steps that turn a logger into another logger: `logger.With("user", id).Warn`. */
const DERIVES =
  /^(?:With\w*|Named|Sugar|Desugar|FromContext|FromCtx|Ctx|For\w*|Get\w*|New\w*|Sub\w*|Clone|Logger|Entry|L|S|V|Std|Default|Desugared|Log)$/;

function levelOf(view: CallView): Level | undefined {
  const { method, receiver } = view;
  const names = [...receiver];
  while (names.length > 1 && DERIVES.test(names.at(-1)!) && !isLoggerReceiver(names.slice(-1))) names.pop();
  if (!isLoggerReceiver(names)) return undefined;
  const level = goLevel(method, STANDARD_PRINTS);
  return level !== undefined && isVerbose(view) ? "debug" : level;
}
