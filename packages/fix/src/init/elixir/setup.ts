import type { Analysis } from "@telltale/scan/analysis";
import { lineStart } from "../../places/text.ts";
import type { Change } from "../../contract.ts";
import type { Setup } from "../contract.ts";
import { securityLog, type ClientAddress } from "./module.ts";

type Package = Analysis["project"]["packages"][number];

/** A module of the application's own on Logger, and the plug in its endpoint or router. */
export function setUpElixir({ project }: Analysis, { folder, dependencies }: Package): Setup | undefined {
  if (!dependencies.has("phoenix") && !dependencies.has("plug") && !dependencies.has("plug_cowboy") && !dependencies.has("bandit"))
    return undefined;
  const mix = project.read(`${folder}mix.exs`) ?? "";
  const namespace = /defmodule\s+([A-Z][\w.]*?)\.(?:MixProject|Mixfile)\b/.exec(mix)?.[1];
  const app = /\bapp:\s*:(\w+)/.exec(mix)?.[1];
  if (namespace === undefined || app === undefined) return undefined;
  const sources = project.paths.filter((path) => path.startsWith(`${folder}lib/`) && path.endsWith(".ex"));
  const texts = sources.map((path) => ({ path, text: project.texts.get(path)! }));
  const known = texts.find(({ text }) => /defmodule\s+[\w.]*SecurityLog\b/.test(text));
  const file = `${folder}lib/${sources.some((path) => path.startsWith(`${folder}lib/${app}/`)) ? `${app}/` : ""}security_log.ex`;
  const framework = dependencies.has("phoenix") ? "Phoenix" : "Plug";
  if (known !== undefined || sources.includes(file)) {
    const left = [`${known?.path ?? file} is there already, and was left as it is`];
    return { folder, framework, created: [], changes: [], did: [], left, next: ["telltale fix --dry-run"] };
  }
  const door = doorOf(texts);
  const change = door === undefined ? undefined : installed(door, `${namespace}.SecurityLog`);
  return {
    folder,
    framework,
    created: [{ file, text: securityLog(namespace, addressOf(texts, door)) }],
    changes: change === undefined ? [] : [change],
    did: [
      `${file} is the log: record/2 writes an event, as a plug it knows the client`,
      ...(change === undefined ? [] : [`${change.file} puts the client's address into the metadata of every request`]),
    ],
    left: change === undefined ? [`add plug ${namespace}.SecurityLog to the endpoint, before the router`] : [],
    next: ["mix compile", "telltale fix --dry-run"],
  };
}

interface Source {
  readonly path: string;
  readonly text: string;
}

/** Where every request comes in: the endpoint, else the only router of Plug that nothing forwards to. */
function doorOf(texts: readonly Source[]): Source | undefined {
  const endpoint = texts.filter(({ text }) => /^\s*use Phoenix\.Endpoint\b/m.test(text));
  if (endpoint.length > 0) return endpoint.length === 1 ? endpoint[0] : undefined;
  const routers = texts.filter(({ text }) => /^\s*use Plug\.Router\b/m.test(text));
  const outer = routers.filter(({ text }) => {
    const name = /defmodule\s+([\w.]+)/.exec(text)?.[1];
    return name !== undefined && !routers.some((other) => new RegExp(`\\bto:\\s*${name.replaceAll(".", "\\.")}\\b`).test(other.text));
  });
  return outer.length === 1 ? outer[0] : undefined;
}

/** Plugs that put the client's address into the connection. */
const REWRITES = [
  { pattern: /^\s*plug\s*\(?\s*RemoteIp\b/m, by: "RemoteIp" },
  { pattern: /^\s*plug\s*\(?\s*Plug\.RewriteOn\b[^\n]*:x_forwarded_for/m, by: "Plug.RewriteOn" },
  { pattern: /rewrite_on:\s*\[[^\]]*:x_forwarded_for/, by: "Plug.SSL" },
] as const;

/** Headers in which proxies say who the client is. */
const CLIENT_HEADERS = /get_req_header\([^()\n]*"(x-forwarded-for|x-real-ip|fly-client-ip|cf-connecting-ip|true-client-ip|x-client-ip)"\)/;

/** As the application itself finds out who its client is; it is not for a log to believe more headers than it does. */
function addressOf(texts: readonly Source[], door: Source | undefined): ClientAddress {
  const rewrite = door === undefined ? undefined : REWRITES.find(({ pattern }) => pattern.test(door.text));
  if (rewrite !== undefined) return { from: "connection", by: rewrite.by };
  for (const { text } of texts) {
    const name = CLIENT_HEADERS.exec(text)?.[1];
    if (name !== undefined) return { from: "header", name };
  }
  return { from: "connection" };
}

/** One more plug before the one that hands requests on. */
function installed({ path, text }: Source, module: string): Change | undefined {
  const last = /^([ \t]*)plug(?:\s+|\()(?:[A-Z][\w.]*Router\b|:match\b)/m.exec(text);
  if (last === null) return undefined;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const at = lineStart(text, last.index + last[1]!.length);
  return { file: path, before: text, after: `${text.slice(0, at)}${last[1]}plug ${module}${eol}${text.slice(at)}` };
}
