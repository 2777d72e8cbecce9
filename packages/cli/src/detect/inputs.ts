import { realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileSource, httpSource, journaled, journalStream, openJournal, stdinSource, syslogSource } from "@telltale/detect";
import type { Journal, Source } from "@telltale/detect";
import { listenOf, usage } from "./values.ts";

export interface InputFlags {
  readonly follow?: boolean;
  readonly fromEnd?: boolean;
  readonly withPast?: boolean;
  readonly listen?: readonly string[];
}

/** What is read, and how long: finished input ends by itself, the rest when it is told to. */
export interface Inputs {
  readonly sources: readonly Source[];
  readonly endless: boolean;
}

/** The files, `-` and addresses of the command line as sources. Without any: standard input, unless a person sits there. */
export function inputsOf(logs: readonly string[], flags: InputFlags, stdinIsTerminal: boolean): Inputs {
  const listened = (flags.listen ?? []).map(listenOf).map(listener);
  const named = logs.length === 0 && listened.length === 0 && !stdinIsTerminal ? ["-"] : logs;
  if (named.length + listened.length === 0)
    throw usage("name the logs to read, pipe them in, or listen: telltale detect logs/security.log --follow");
  const places = named.map(placeOf);
  const twice = named.find((_, at) => places.indexOf(places[at]!) !== at);
  if (twice !== undefined) throw usage(`${twice} is named twice`);
  const follow = flags.follow === true;
  if (flags.fromEnd && !follow) throw usage("--from-end needs --follow: a finished file has nothing after its end");
  const files = named.map((path) =>
    path === "-" ? stdinSource() : fileSource(path, { follow, fromEnd: flags.fromEnd, withPast: flags.withPast }),
  );
  return { sources: [...files, ...listened], endless: follow || listened.length > 0 };
}

/** Where a file lies, whatever it is called: read twice, each of its events would count twice. */
function placeOf(path: string): string {
  if (path === "-") return path;
  try {
    return realpathSync(path);
  } catch {
    // It is still to come, or a pipe of the shell, which has no path behind its name.
    return resolve(path);
  }
}

function listener(text: ReturnType<typeof listenOf>): Source {
  const { kind, transport, host, port } = text;
  if (kind === "http") return httpSource({ host, port, token: process.env["TELLTALE_HTTP_TOKEN"] });
  return syslogSource({ transport, host, port });
}

/** Sources behind journals. */
export interface JournaledInputs {
  readonly sources: readonly Source[];
  /** To be called when a checkpoint stands: what the journals hold up to there is needed no more. */
  readonly onCheckpoint: (positions: ReadonlyMap<string, number>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Puts a journal before each source that cannot be read again: what it has acknowledged survives a crash. */
export async function journaledInputs(sources: readonly Source[], state: string): Promise<JournaledInputs> {
  const journals: { readonly stream: string; readonly journal: Journal }[] = [];
  const behind: Source[] = [];
  for (const source of sources) {
    if (source.replayable) {
      behind.push(source);
      continue;
    }
    const journal = await openJournal(join(state, "journal", source.name.replaceAll(/[^A-Za-z0-9.+-]+/g, "_")));
    journals.push({ stream: journalStream(source.name), journal });
    behind.push(journaled(source, journal));
  }
  return {
    sources: behind,
    async onCheckpoint(positions) {
      for (const { stream, journal } of journals) await journal.truncate(positions.get(stream) ?? 0);
    },
    async close() {
      for (const { journal } of journals) await journal.close();
    },
  };
}
