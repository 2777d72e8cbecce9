import { didYouMean, TelltaleError } from "@telltale/scan";

/** Milliseconds of one unit, as rules spell them. */
const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `10m`, `1h`, `250ms` in milliseconds. */
export function durationOf(option: string, text: string): number {
  const parts = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text);
  if (!parts) throw usage(`${option} takes a number with ms, s, m, h or d, such as 60s, not "${text}"`);
  return Number(parts[1]) * units[parts[2]!]!;
}

const sizes: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9 };

/** `256MB`, `2GB` in bytes. */
export function bytesOf(option: string, text: string): number {
  const parts = /^(\d{1,6})(KB|MB|GB)$/i.exec(text);
  if (!parts) throw usage(`${option} takes a number with KB, MB or GB, such as 256MB, not "${text}"`);
  return Number(parts[1]) * sizes[parts[2]!.toUpperCase()]!;
}

/** `+02:00`, `-0530`, `UTC` or `local` (this machine's, as it is now) in minutes east of UTC. */
export function zoneOf(option: string, text: string): number {
  if (text.toLowerCase() === "local") return -new Date().getTimezoneOffset();
  if (/^(?:utc|z)$/i.test(text)) return 0;
  const parts = /^([+-])(\d\d):?([0-5]\d)$/.exec(text);
  const minutes = Number(parts?.[2]) * 60 + Number(parts?.[3]);
  if (!parts || minutes > 14 * 60) throw usage(`${option} takes an offset such as +02:00, UTC or local, not "${text}"`);
  return parts[1] === "-" ? -minutes : minutes;
}

/** Where to listen for events. */
export interface Listen {
  readonly kind: "http" | "syslog";
  readonly transport: "tcp" | "udp";
  readonly host: string;
  readonly port: number;
}

const schemes: Readonly<Record<string, Pick<Listen, "kind" | "transport"> & { readonly port: number }>> = {
  http: { kind: "http", transport: "tcp", port: 4319 },
  "syslog+udp": { kind: "syslog", transport: "udp", port: 5514 },
  "syslog+tcp": { kind: "syslog", transport: "tcp", port: 5514 },
};

/** `http://127.0.0.1:4319`, `syslog+udp://0.0.0.0:5514`, `syslog+tcp://[::1]`. Host and port may be left out: `http:`. */
export function listenOf(text: string): Listen {
  const parts = /^([a-z+]+):(?:\/\/)?(\[[0-9a-fA-F:.]+\]|[^:/[\]]*)(?::(\d{1,5}))?\/?$/.exec(text);
  const scheme = schemes[parts?.[1] ?? ""];
  const port = Number(parts?.[3] ?? scheme?.port);
  if (!parts || scheme === undefined || port > 65_535)
    throw usage(`--listen takes http://HOST:PORT, syslog+udp://HOST:PORT or syslog+tcp://HOST:PORT, not "${text}"`);
  const host = parts[2]!.replace(/^\[|\]$/g, "");
  return { kind: scheme.kind, transport: scheme.transport, host: host === "" ? "127.0.0.1" : host, port };
}

/** One of the words that an option takes. */
export function choiceOf<T extends string>(option: string, text: string, known: readonly T[]): T {
  const found = known.find((one) => one === text);
  if (found === undefined) throw usage(`${option} takes ${known.join(", ")}, not "${text}"${didYouMean(text, known)}`);
  return found;
}

export function usage(cause: string): TelltaleError {
  return new TelltaleError("TT1105", { cause });
}
