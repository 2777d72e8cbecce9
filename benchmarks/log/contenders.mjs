/**
 * Who is measured. Each opens `path` and writes to it at once, in the call (`write`, no buffer): a security event that waits in
 * memory is one that a killed process loses. `call(i)` logs the i-th event; `drain` resolves when nothing waits,
 * where anything can; `close` when all is written.
 */
import { generateKeyPairSync } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { Writable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { incoming, said, whole } from "./event.mjs";

/** Ten exact places: those where this event has its secrets, and where others of the application would. */
const TEN_PATHS = [
  "password",
  "token",
  "extra.password",
  "extra.token",
  "extra.headers.authorization",
  "extra.headers.cookie",
  "request.headers.authorization",
  "request.headers.cookie",
  "details.password",
  "details.token",
];
const NAMES = ["password", "passwd", "secret", "token", "authorization", "cookie", "apiKey", "ssn"];
/** What pino needs to redact eight names at four depths. */
const WILDCARDS = ["", "*.", "*.*.", "*.*.*."].flatMap((prefix) => NAMES.map((name) => prefix + name));

/** `title`; `redacts`: whether a secret may be found in what it wrote; `open(path)` → `{ call, close }`. */
export const CONTENDERS = {
  floor: { title: "JSON.stringify (floor)", redacts: false, open: floor },
  pino: { title: "pino", redacts: false, open: (path) => pinoTo(path, {}) },
  "pino-ten": { title: "pino, 10 redact paths", redacts: true, open: (path) => pinoTo(path, { redact: TEN_PATHS }) },
  "pino-wildcards": { title: "pino, 8 names × 4 depths", redacts: true, open: (path) => pinoTo(path, { redact: WILDCARDS }) },
  "pino-ecs": { title: "pino + ecs-pino-format", redacts: false, open: pinoEcs },
  winston: { title: "winston, redacting format", redacts: true, open: winstonTo },
  "winston-file": { title: "winston, the same, File transport", redacts: true, open: winstonFile },
  "redacted-pino": { title: "redactedPino()", redacts: true, open: redactedPinoTo },
  json: { title: "@telltale/log json", redacts: true, open: (path) => telltale(path, {}) },
  ecs: { title: "@telltale/log ecs", redacts: true, open: (path) => telltale(path, { format: "ecs" }) },
  ocsf: { title: "@telltale/log ocsf", redacts: true, open: (path) => telltale(path, { format: "ocsf" }) },
  cef: { title: "@telltale/log cef", redacts: true, open: (path) => telltale(path, { format: "cef" }) },
  syslog: { title: "@telltale/log syslog", redacts: true, open: (path) => telltale(path, { format: "syslog" }) },
  chain: {
    title: "@telltale/log json, signed chain",
    redacts: true,
    open: (path) => telltale(path, { chain: { signWith: privateKey() } }),
  },
  pseudonyms: {
    title: "@telltale/log json, pseudonyms",
    redacts: true,
    open: (path) => telltale(path, {}, { redact: { pseudonymize: PSEUDONYMS } }),
  },
};

const PSEUDONYMS = { key: "a key of the benchmark, 32 bytes or more", fields: ["actor", "target", "ip"] };

function floor(path) {
  const file = openSync(path, "a");
  const { pid } = process;
  const host = hostname();
  // Member by member: an object that is spread into another one is slow to stringify.
  const line = ({ event, category, outcome, reason, target, source, user_agent, request, details, extra, service }) =>
    JSON.stringify({
      level: 40,
      time: Date.now(),
      pid,
      hostname: host,
      event,
      category,
      outcome,
      reason,
      target,
      source,
      user_agent,
      request,
      details,
      extra,
      service,
      msg: "authn_login_fail",
    });
  return {
    call: (i) => writeSync(file, `${line(whole(i))}\n`),
    close: async () => closeSync(file),
  };
}

async function pinoTo(path, options) {
  const { default: pino } = await import("pino");
  const destination = pino.destination({ dest: path, sync: true });
  return loggerOf(pino(options, destination), destination);
}

async function pinoEcs(path) {
  const { ecsFormat } = await import("@elastic/ecs-pino-format");
  return pinoTo(path, ecsFormat());
}

async function redactedPinoTo(path) {
  const { default: pino } = await import("pino");
  const { redactedPino } = await import("../../packages/log/dist/interop/index.js");
  const destination = pino.destination({ dest: path, sync: true });
  return loggerOf(redactedPino({}, destination), destination);
}

function loggerOf(logger, destination) {
  return {
    call: (i) => logger.warn(whole(i), "authn_login_fail"),
    close: async () => destination.flushSync(),
  };
}

/** Written in the call, as the others do. */
async function winstonTo(path) {
  const file = openSync(path, "a");
  const stream = new Writable({
    write(chunk, _, done) {
      writeSync(file, chunk);
      done();
    },
  });
  return winstonWith((winston) => new winston.transports.Stream({ stream }));
}

/** As most applications write to a file: buffered, so that a killed process loses what waits. */
function winstonFile(path) {
  return winstonWith((winston) => new winston.transports.File({ filename: path }));
}

/** A redacting format as applications write it: names at any depth, two patterns in texts. */
async function winstonWith(transportOf) {
  const { default: winston } = await import("winston");
  const { combine, json, timestamp } = winston.format;
  const redacting = winston.format((info) => Object.assign(info, redacted(info)));
  const transport = transportOf(winston);
  const logger = winston.createLogger({ format: combine(redacting(), timestamp(), json()), transports: [transport] });
  const drain = async () => {
    while (logger.writableLength + logger.readableLength + transport.writableLength > 0) await turn();
  };
  return {
    call: (i) => logger.warn("authn_login_fail", whole(i)),
    drain,
    close: async () => {
      // Ended with lines waiting, winston writes them after its end and fails.
      await drain();
      await new Promise((done) => logger.on("finish", done).end());
    },
  };
}

const SENSITIVE = new Set(NAMES.map((name) => name.toLowerCase()));
const LOOKS = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+|Bearer [\w.~+/-]{8,}/g;

function redacted(value) {
  if (typeof value === "string") return value.replace(LOOKS, "[REDACTED]");
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(redacted);
  const copy = {};
  for (const [name, one] of Object.entries(value)) copy[name] = SENSITIVE.has(name.toLowerCase()) ? "[REDACTED]" : redacted(one);
  return copy;
}

async function telltale(path, output, options = {}) {
  const { createSecurityLog } = await import("../../packages/log/dist/index.js");
  const security = createSecurityLog({
    service: "shop",
    lifecycle: false,
    heartbeat: false,
    // As the others: the bytes are the system's when the call returns, and no disk is waited for.
    outputs: [{ ...output, file: { path, fsync: "off" } }],
    ...options,
  });
  return {
    call: (i) => security.record("authn_login_fail", said(i)),
    within: (work) => security.run(incoming, work),
    close: () => security.close(),
  };
}

function privateKey() {
  return generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
}
