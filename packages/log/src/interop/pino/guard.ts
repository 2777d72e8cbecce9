import type { Redactor } from "../../contract.ts";
import { jsonText } from "../../formats/characters.ts";
import { nameRedactor, printable, withSafeNames } from "../printable.ts";
import { METADATA } from "./internals.ts";
import type { AnyFunction, OpenPino, PinoFormatters, PinoStream, PinoSymbols } from "./internals.ts";

type Stringifier = (value: unknown, stringifySafe?: unknown) => string | undefined;
type Stringifiers = Readonly<Record<string | symbol, Stringifier | undefined>>;
type Serializers = Record<string | symbol, AnyFunction>;
type Hooks = {
  readonly logMethod?: (this: OpenPino, args: unknown[], method: AnyFunction, level: number) => void;
  readonly streamWrite?: (line: string) => string;
};
type AsJson = (this: OpenPino, object: object, message: unknown, level: number, time: string) => string;
type Write = (this: OpenPino, object: unknown, message: unknown, level: number) => void;

/** JSON members that every line gets after its time, with a comma before each: `,"request":{…}`; or nothing. */
export type LineContext = (object: object, bindings: string) => string;

/**
 * Makes one pino instance, and every child made of it from now on, redact what it writes.
 *
 * pino turns each field into text through a "stringifier" (`_asJson`, `asChindings` in pino's lib/tools.js): that is where its own
 * `redact` option works. Ours stand in the same place, for every name: after serializers, formatters and mixins, before the bytes.
 * So a child's bindings, a serializer's result and a message are covered without a second pass over the line. Whatever of the
 * application's runs on the way (serializers, formatters, mixin, hooks, its own `redact`) is called so that it cannot throw out.
 */
export function guard(pino: OpenPino, symbols: PinoSymbols, redactor: Redactor, context: LineContext): void {
  const at = new Guard(symbols, redactor);
  at.installStringifiers(pino, pino[symbols.stringifiers] as Stringifiers);
  at.wrapFunctions(pino);
  at.wrapChildren(pino);
  at.wrapWriting(pino, context);
  pino[symbols.chindings] = at.redactBindings(pino[symbols.chindings] as string);
  (pino[symbols.setLevel] as (this: OpenPino, level: string) => void).call(pino, pino.level);
}

class Guard {
  private readonly symbols: PinoSymbols;
  private readonly redactor: Redactor;
  private readonly safeName: (name: string) => string;
  /** Lines made so far, by all loggers of this guard. Tells whether a call that failed had made its line. */
  private lines = 0;

  constructor(symbols: PinoSymbols, redactor: Redactor) {
    this.symbols = symbols;
    this.redactor = redactor;
    this.safeName = nameRedactor(redactor);
  }

  /** `child(bindings, { redact })` replaces the stringifiers by assignment; the accessor takes such ones in behind ours. */
  installStringifiers(pino: OpenPino, own: Stringifiers): void {
    const guarded = this.stringifiers(own);
    // oxlint-disable-next-line typescript/no-this-alias -- the setter's `this` is the child that pino assigns to
    const guard = this;
    Object.defineProperty(pino, this.symbols.stringifiers, {
      configurable: true,
      get: () => guarded,
      set(this: OpenPino, next: Stringifiers) {
        guard.installStringifiers(this, next);
      },
    });
  }

  private stringifiers(own: Stringifiers): Stringifiers {
    const wildcardSymbol = Object.getOwnPropertySymbols(own).find((symbol) => symbol.description === "pino.wildcardFirst");
    const wildcard = wildcardSymbol && own[wildcardSymbol];
    const byName = new Map<string, Stringifier>();
    const make = (name: string): Stringifier => this.stringifier(name, own[name] ?? wildcard);
    return new Proxy(Object.create(null) as Stringifiers, {
      get: (_, name) => {
        if (typeof name === "symbol") return undefined;
        const known = byName.get(name);
        if (known) return known;
        const made = make(name);
        if (byName.size < 1_000) byName.set(name, made);
        return made;
      },
    });
  }

  /** `own`: what pino's `redact` option would do, which then works on plain values and so has nothing to stumble on. */
  private stringifier(name: string, own: Stringifier | undefined): Stringifier {
    const { redactor } = this;
    return (value) => {
      if (typeof value === "function") return undefined;
      const json = redactor.value(value, name);
      if (!own) return jsonText(json);
      try {
        return own(json);
      } catch {
        return '"[Redacted]"';
      }
    };
  }

  /** Replaces what the application has put into the logger by functions that do the same and never throw. */
  wrapFunctions(pino: OpenPino): void {
    const { symbols } = this;
    pino[symbols.serializers] = this.wrapSerializers(pino[symbols.serializers] as Serializers);
    pino[symbols.formatters] = this.wrapFormatters(pino[symbols.formatters] as PinoFormatters);
    pino[symbols.time] = calmly(pino[symbols.time] as AnyFunction, () => `,"time":${Date.now()}`);
    const mixin = pino[symbols.mixin] as AnyFunction | undefined;
    if (mixin) pino[symbols.mixin] = calmly(mixin, () => ({}), isObject);
    const merge = pino[symbols.mixinMergeStrategy] as AnyFunction | undefined;
    if (merge) pino[symbols.mixinMergeStrategy] = calmly(merge, (object) => object, isObject);
    pino[symbols.hooks] = this.wrapHooks(pino[symbols.hooks] as Hooks);
    redactMetadata(pino[symbols.stream] as PinoStream, this.redactor);
  }

  /** A serializer that throws is as good as none: its value is redacted like any other. */
  private wrapSerializers(serializers: Serializers): Serializers {
    const wrapped = Object.create(null) as Serializers;
    for (const key of Reflect.ownKeys(serializers)) wrapped[key] = calmly(serializers[key]!, (value) => value);
    return wrapped;
  }

  private wrapFormatters({ level, bindings, log }: PinoFormatters): PinoFormatters {
    const own = log && calmly(log as AnyFunction, (object) => object);
    return {
      level,
      bindings: calmly(bindings as AnyFunction, (one) => one) as PinoFormatters["bindings"],
      log: (object) => withSafeNames(own ? (own(object) as object) : object, this.safeName),
    };
  }

  private wrapHooks({ logMethod, streamWrite }: Hooks): Hooks {
    // oxlint-disable-next-line typescript/no-this-alias -- in the hook, `this` is the logger
    const guard = this;
    return {
      streamWrite: streamWrite && (calmly(streamWrite as AnyFunction, (line) => line) as Hooks["streamWrite"]),
      logMethod(args, method, level) {
        const before = guard.lines;
        const redacting: AnyFunction = function (...inner) {
          return method.apply(this, guard.messageArguments(inner));
        };
        try {
          if (logMethod) logMethod.call(this, args, redacting, level);
          else redacting.apply(this, args);
        } catch {
          if (guard.lines === before) guard.rescue(this, args, level);
        }
      },
    };
  }

  /**
   * The object that is merged is left as it is (serializers want to see it); what goes into the message is redacted here. The
   * template is not: `password=%s` would lose its placeholder. The whole message is redacted once it is put together.
   */
  private messageArguments(args: unknown[]): unknown[] {
    const template = typeof args[0] === "object" || args[0] === undefined ? 1 : 0;
    if (args.length <= template + 1 && typeof args[template] !== "object") return args;
    return args.map((value, i) =>
      i > template || (i === template && typeof value === "object") ? printable(this.redactor, value) : value,
    );
  }

  /** A line for a call that threw before it made one. */
  private rescue(pino: OpenPino, [first, second]: readonly unknown[], level: number): void {
    const message = typeof first === "string" ? first : typeof second === "string" ? second : undefined;
    try {
      (pino[this.symbols.write] as Write).call(pino, typeof first === "object" ? this.plain(first) : {}, message, level);
    } catch {
      // The destination fails; a request has nothing to do with that.
    }
  }

  private plain(value: unknown): object {
    const json = this.redactor.value(value);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? json : { value: json };
  }

  wrapChildren(pino: OpenPino): void {
    const child = pino.child;
    const setBindings = pino.setBindings;
    // oxlint-disable-next-line typescript/no-this-alias -- in the methods, `this` is the logger
    const guard = this;
    pino.child = function (this: OpenPino, bindings, options) {
      try {
        return child.call(this, withSafeNames(bindings, guard.safeName), options && guard.childOptions(options));
      } catch {
        return child.call(this, guard.plain(bindings ?? {}));
      }
    };
    pino.setBindings = function (this: OpenPino, bindings) {
      try {
        setBindings.call(this, withSafeNames(bindings, guard.safeName));
      } catch {
        setBindings.call(this, guard.plain(bindings ?? {}));
      }
    };
  }

  private childOptions(options: { serializers?: Serializers; formatters?: Partial<PinoFormatters> }): object {
    const wrapped = { ...options };
    if (options.serializers) wrapped.serializers = this.wrapSerializers(options.serializers);
    const { bindings, log, level } = options.formatters ?? {};
    if (options.formatters) {
      const safe = this.wrapFormatters({ level: level ?? (() => ({})), bindings: bindings ?? ((one) => one), log });
      wrapped.formatters = { ...(level && { level }), ...(bindings && { bindings: safe.bindings }), ...(log && { log: safe.log }) };
    }
    return wrapped;
  }

  wrapWriting(pino: OpenPino, context: LineContext): void {
    const { symbols } = this;
    const asJson = pino[symbols.asJson] as AsJson;
    const write = pino[symbols.write] as Write;
    // oxlint-disable-next-line typescript/no-this-alias -- in the methods, `this` is the logger
    const guard = this;
    pino[symbols.asJson] = function (this: OpenPino, object, message, level, time) {
      const line = asJson.call(this, object, message, level, time + context(object, this[symbols.chindings] as string));
      guard.lines++;
      return line;
    } satisfies AsJson;
    pino[symbols.write] = function (this: OpenPino, object, message, level) {
      const before = guard.lines;
      try {
        write.call(this, object, message, level);
      } catch {
        // Either the object cannot be read (a getter, a proxy), then its readable part is written; or the destination fails.
        if (guard.lines === before) writePlain(this, object, message, level);
      }
    } satisfies Write;

    function writePlain(pino: OpenPino, object: unknown, message: unknown, level: number) {
      const plain = guard.plain(object ?? {});
      const time = (pino[symbols.time] as () => string)();
      const line = asJson.call(pino, plain, message ?? ("message" in plain ? plain.message : undefined), level, time);
      guard.lines++;
      (pino[symbols.stream] as PinoStream).write(line);
    }
  }

  /** What was bound before is text already. */
  redactBindings(bindings: string): string {
    if (bindings === "") return "";
    try {
      const known = JSON.parse(`{${bindings.slice(1)}}`) as Record<string, unknown>;
      const members = Object.entries(known).map(
        ([name, value]) => `,${jsonText(this.safeName(name))}:${jsonText(this.redactor.value(value, name))}`,
      );
      return members.join("");
    } catch {
      return "";
    }
  }
}

/** Some streams read the object and the message beside the line (`pino.metadata`): they are handed the redacted ones. */
function redactMetadata(stream: PinoStream, redactor: Redactor): void {
  if (stream[METADATA] !== true) return;
  for (const name of ["lastObj", "lastMsg"] as const) {
    if (Object.getOwnPropertyDescriptor(stream, name)?.get || !Object.isExtensible(stream)) continue;
    let last: unknown;
    const set = (next: unknown): void => void (last = next);
    Object.defineProperty(stream, name, { configurable: true, enumerable: true, get: () => last && redactor.value(last), set });
  }
}

function calmly(own: AnyFunction, otherwise: AnyFunction, fits: (result: unknown) => boolean = () => true): AnyFunction {
  return function (...args) {
    try {
      const result = own.apply(this, args);
      return fits(result) ? result : otherwise.apply(this, args);
    } catch {
      return otherwise.apply(this, args);
    }
  };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
