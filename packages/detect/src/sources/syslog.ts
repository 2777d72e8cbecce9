import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import type { Receiver, Source } from "../contract.ts";
import { messageOf } from "../errors.ts";
import { LineFeed, isWorthSaying } from "./feed.ts";
import { FrameReader } from "./syslog-frames.ts";
import { aborted, inUrl, listening } from "./listen.ts";

export interface SyslogSourceOptions {
  readonly transport: "udp" | "tcp";
  /** Address to listen on. Default: 127.0.0.1. Syslog knows no token: keep others away by the network. */
  readonly host?: string;
  /** 0 takes a free one; the note `listening` says which. */
  readonly port: number;
  /** Longest message, bytes. A longer one is skipped and said. Default: 64 KiB. */
  readonly maxLine?: number;
}

const mostConnections = 1024;
/** A connection that sends nothing for so long is closed; senders connect again. Milliseconds. */
const idleTime = 15 * 60_000;
/** UDP messages that wait for a slow receiver; beyond them new ones are lost, counted and said. */
const mostWaiting = 10_000;
/** Most messages in one batch. */
const batchLength = 512;

/**
 * Syslog messages, RFC 5424 or 3164, with `format: "syslog"`. UDP: one message a datagram; stream `udp:PEER`. What the network or the
 * system's buffer loses on UDP cannot be seen here; TCP loses nothing while the connection stands. TCP: octet counting or lines
 * (RFC 6587), told apart by the first byte of each message; stream `tcp:PEER:NUMBER`, NUMBER counts connections. Offsets of UDP count
 * messages of the peer, those of TCP bytes.
 */
export function syslogSource(options: SyslogSourceOptions): Source {
  const host = options.host ?? "127.0.0.1";
  const name = `syslog+${options.transport}://${inUrl(host, options.port)}`;
  const run = options.transport === "udp" ? runUdp : runTcp;
  return {
    name,
    replayable: false,
    run: (to, _from, signal) => run({ name, host, port: options.port, maxLine: options.maxLine ?? 64 * 1024, to }, signal),
  };
}

interface Setup {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly maxLine: number;
  readonly to: Receiver;
}

async function runUdp({ name, host, port, to }: Setup, signal: AbortSignal): Promise<void> {
  const socket = createSocket({ type: host.includes(":") ? "udp6" : "udp4", recvBufferSize: 4 * 1024 * 1024 });
  const waiting = new Datagrams(name, to);
  socket.on("message", (message, { address }) => waiting.add(address, message));
  const real = await listening(socket, name, (done) => socket.bind(port, host, done));
  socket.on("error", (error) => to.note({ kind: "disconnected", source: name, message: `${name}: ${error.message}` }));
  to.note({ kind: "listening", source: name, message: `listening on syslog+udp://${inUrl(host, real)}` });
  await aborted(signal);
  await new Promise<void>((resolve) => socket.close(resolve));
  await waiting.drained();
}

/** Datagrams of all peers, given on in batches of one peer. */
class Datagrams {
  private readonly name: string;
  private readonly to: Receiver;
  private waiting: { readonly peer: string; readonly line: string }[] = [];
  /** Messages so far by peer; an attacker may make up senders, so that only so many are kept. */
  private readonly counts = new Map<string, number>();
  private lost = 0;
  private pumping: Promise<void> | undefined;

  constructor(name: string, to: Receiver) {
    this.name = name;
    this.to = to;
  }

  add(peer: string, message: Buffer): void {
    if (this.waiting.length >= mostWaiting) {
      this.lost += 1;
      if (isWorthSaying(this.lost))
        this.to.note({
          kind: "refused",
          source: this.name,
          message: `${this.name}: messages come faster than they are worked off; ${this.lost} lost so far`,
        });
      return;
    }
    this.waiting.push({ peer, line: message.toString("utf8").replace(/[\r\n\0]+$/, "") });
    this.pumping ??= this.pump().finally(() => (this.pumping = undefined));
  }

  async drained(): Promise<void> {
    await this.pumping;
  }

  private async pump(): Promise<void> {
    // Those of one turn go together.
    await new Promise(setImmediate);
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      const { peer } = next;
      const other = this.waiting.findIndex((one, index) => one.peer !== peer || index === batchLength);
      const lines = this.waiting.splice(0, other === -1 ? this.waiting.length : other).map(({ line }) => line);
      await this.give(peer, lines);
    }
  }

  private async give(peer: string, lines: readonly string[]): Promise<void> {
    const first = this.counts.get(peer) ?? 0;
    if (this.counts.size > 100_000) this.counts.clear();
    this.counts.set(peer, first + lines.length);
    const batch = {
      source: this.name,
      stream: `udp:${peer}`,
      lines,
      offsets: lines.map((_, index) => first + index),
      end: first + lines.length,
      format: "syslog",
      received: Date.now(),
    };
    try {
      await this.to.take(batch);
    } catch (error) {
      this.to.note({
        kind: "refused",
        source: this.name,
        message: `${this.name}: ${lines.length} messages of ${peer} were not taken: ${messageOf(error)}`,
      });
    }
  }
}

async function runTcp(setup: Setup, signal: AbortSignal): Promise<void> {
  const { name, host, port, to } = setup;
  const open = new Map<Socket, Promise<void>>();
  let number = 0;
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    number += 1;
    open.set(
      socket,
      readConnection(socket, number, setup, signal).finally(() => open.delete(socket)),
    );
  });
  server.maxConnections = mostConnections;
  const real = await listening(server, name, (done) => server.listen(port, host, done));
  to.note({ kind: "listening", source: name, message: `listening on syslog+tcp://${inUrl(host, real)}` });
  await aborted(signal);
  await closed(server, open);
}

async function closed(server: Server, open: ReadonlyMap<Socket, Promise<void>>): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of open.keys()) socket.destroy();
  await Promise.all(open.values());
  await ended;
}

async function readConnection(socket: Socket, number: number, { name, maxLine, to }: Setup, signal: AbortSignal): Promise<void> {
  const peer = socket.remoteAddress ?? "unknown";
  const stream = `tcp:${peer}:${number}`;
  const feed = new LineFeed({ to, source: name, stream, place: `${name} (${peer})`, format: "syslog", from: 0, maxLine });
  const frames = new FrameReader();
  socket.setTimeout(idleTime, () => socket.destroy());
  try {
    for await (const chunk of socket) await feed.push(frames.toLines(chunk as Buffer), Date.now());
    if (!signal.aborted) await feed.finish(Date.now());
  } catch (error) {
    if (!signal.aborted) feed.note("disconnected", `${name}: the connection from ${peer} ended: ${messageOf(error)}`);
  }
}
