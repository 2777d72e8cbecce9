import { SetupError } from "../../errors.ts";

/**
 * Where a pino logger keeps what it writes with. The symbols are looked up on the instance by their descriptions, since the
 * application's pino need not be the copy that this package has: the names are the same in pino 8, 9 and 10 (`lib/symbols.js`).
 */
const SLOTS = {
  asJson: "pino.asJson",
  write: "pino.write",
  stream: "pino.stream",
  chindings: "pino.chindings",
  stringifiers: "pino.stringifiers",
  serializers: "pino.serializers",
  formatters: "pino.formatters",
  hooks: "pino.hooks",
  mixin: "pino.mixin",
  mixinMergeStrategy: "pino.mixinMergeStrategy",
  time: "pino.time",
  lsCache: "pino.lsCache",
  end: "pino.end",
  messageKey: "pino.messageKey",
  nestedKey: "pino.nestedKey",
  setLevel: "pino.setLevel",
} as const;

/** Of a stream that wants to know the level of what it is handed. */
export const METADATA = Symbol.for("pino.metadata");
/** Of a transport whose worker hands lines to several targets. */
export const MULTI_TARGET = "pino.transport.usesMultistream";

export type PinoSymbols = { readonly [slot in keyof typeof SLOTS]: symbol };

/** A function of the application or of pino, called with what pino calls it with. */
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** What pino writes to. */
export interface PinoStream {
  write: (line: string) => unknown;
  flush?: (done: (error?: Error | null) => void) => void;
  flushSync?: () => void;
  on?: (event: string, listener: () => void) => unknown;
  readonly destroyed?: boolean;
  readonly writable?: boolean;
  lastLevel?: number;
  lastTime?: string;
  lastObj?: unknown;
  lastMsg?: string;
  lastLogger?: unknown;
  readonly streams?: readonly { readonly level: number; readonly stream: PinoStream }[];
  [METADATA]?: boolean;
}

export interface PinoFormatters {
  readonly level: AnyFunction;
  readonly bindings: (bindings: object) => object;
  readonly log?: (object: object) => object;
}

/** A pino logger with its symbols at hand. Any value may stand behind a symbol: callers say which they read. */
export type OpenPino = { [slot: symbol]: unknown } & {
  level: string;
  readonly levels: { readonly values: Readonly<Record<string, number>>; readonly labels: Readonly<Record<number, string>> };
  child: (bindings: object, options?: object) => OpenPino;
  setBindings: (bindings: object) => void;
};

/** Opens a logger. `field`: the option that it was given as. Throws a SetupError where it is no pino, or one that looks different inside. */
export function openPino(logger: unknown, field: string): { readonly pino: OpenPino; readonly symbols: PinoSymbols } {
  const found = symbolsOf(logger);
  const missing = Object.entries(SLOTS).filter(([, description]) => !found.has(description));
  if (missing.length > 0) {
    throw new SetupError("BAD_OPTION", {
      field,
      problem: `is not a pino logger that can be guarded (no ${missing.map(([slot]) => slot).join(", ")})`,
    });
  }
  const symbols = Object.fromEntries(Object.entries(SLOTS).map(([slot, description]) => [slot, found.get(description)]));
  return { pino: logger as OpenPino, symbols: symbols as PinoSymbols };
}

/** Whether something looks like a pino logger. */
export function isPino(logger: unknown): boolean {
  return symbolsOf(logger).has(SLOTS.stream);
}

function symbolsOf(logger: unknown): Map<string, symbol> {
  const found = new Map<string, symbol>();
  let object: object | null = typeof logger === "object" ? logger : null;
  for (; object !== null; object = Object.getPrototypeOf(object) as object | null) {
    for (const symbol of Object.getOwnPropertySymbols(object)) {
      if (symbol.description !== undefined && !found.has(symbol.description)) found.set(symbol.description, symbol);
    }
  }
  return found;
}
