/** Symbols under which winston keeps what a transport needs (the package triple-beam makes them with `Symbol.for`). */
export const LEVEL = Symbol.for("level");
export const MESSAGE = Symbol.for("message");
export const SPLAT = Symbol.for("splat");

/** One line of winston on its way through formats and transports. */
export interface WinstonInfo {
  level: string;
  message: unknown;
  [name: string]: unknown;
  [LEVEL]?: string;
  [MESSAGE]?: string;
  [SPLAT]?: readonly unknown[];
}

/** A format as `winston.format.combine` takes it. */
export interface WinstonFormat {
  readonly options?: object;
  readonly transform: (info: WinstonInfo, options?: never) => WinstonInfo | boolean;
}

type Done = (error?: Error | null) => void;

/** What of a transport is used: a Writable of objects. Those that extend winston-transport have `log`; winston wraps older ones. */
export interface WinstonTransport {
  write: (info: WinstonInfo, done: Done) => unknown;
  _write: (info: WinstonInfo, encoding: string, done: Done) => unknown;
  _writev?: unknown;
  readonly log?: (info: WinstonInfo, done: Done) => unknown;
  readonly logv?: (infos: readonly { readonly chunk: WinstonInfo; readonly callback: Done }[], done: Done) => unknown;
  /** Of the wrapper around a transport of winston 2. */
  readonly transport?: { readonly log?: (level: string, message: unknown, meta: WinstonInfo, done: Done) => unknown };
  readonly format?: WinstonFormat;
  silent?: boolean;
  readonly writableEnded?: boolean;
  readonly destroyed?: boolean;
  readonly _writableState?: { readonly ending?: boolean; readonly destroyed?: boolean };
}

/** What of a logger is used. */
export interface WinstonLogger {
  readonly transports: readonly WinstonTransport[];
  readonly levels: Readonly<Record<string, number>>;
  readonly format?: WinstonFormat;
  readonly defaultMeta?: unknown;
  readonly write: (info: WinstonInfo) => unknown;
}

/** Whether something looks like a winston logger. */
export function isWinston(logger: unknown): logger is WinstonLogger {
  if (typeof logger !== "object" || logger === null) return false;
  const { transports, levels, write } = logger as Partial<WinstonLogger>;
  return Array.isArray(transports) && typeof levels === "object" && levels !== null && typeof write === "function";
}
