import { createServer, IncomingMessage, ServerResponse } from "node:http";
import { connect, Socket } from "node:net";
import { setTimeout as timeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { currentContext, identify } from "../context/store.ts";
import { faultsOf, send } from "./harness/interleaved.ts";
import { serving } from "./harness/servers.ts";
import { sourceOf } from "./harness/source.ts";
import { type Seen, see, work } from "./harness/work.ts";
import { withSecurityContext } from "./http.ts";

const route = (request: IncomingMessage) => request.url?.replace(/\d+$/, ":n");

describe("node:http", () => {
  it("keeps 10,000 interleaved requests apart, whose bodies are read by events", { timeout: 120_000 }, async () => {
    const listener = (request: IncomingMessage, response: ServerResponse) => {
      request.resume().on("end", () => {
        void work(Number(request.url!.slice("/jobs/".length))).then((report) => response.end(JSON.stringify(report)));
      });
    };
    const wrapped = withSecurityContext(sourceOf(), listener, { route });
    const server = createServer((request, response) => {
      if (request.url === "/health") response.end(JSON.stringify(see()));
      else wrapped(request, response);
    });
    expect(await serving(server, (port) => faultsOf({ port, outside: "/health" }))).toEqual([]);
  });

  it("keeps pipelined requests apart that arrive in one packet", async () => {
    const listener = async (request: IncomingMessage, response: ServerResponse) => {
      const arrived = see();
      await timeout(Math.random() * 5);
      identify({ id: `actor-of${request.url}` });
      await timeout(Math.random() * 5);
      response.end(`${arrived.id} ${arrived.actor} ${see().id} ${see().actor}\n`);
    };
    const text = await serving(withSecurityContext(sourceOf(), listener), async (port) => {
      const paths = Array.from({ length: 50 }, (_, n) => `/${n}`);
      const last = (path: string) => (path === "/49" ? "connection: close\r\n" : "");
      const packet = paths.map((path) => `GET ${path} HTTP/1.1\r\nhost: x\r\nx-request-id: id${path}\r\n${last(path)}\r\n`).join("");
      return conversation(port, packet);
    });
    const lines = text.split(/\r?\n/).filter((line) => line.startsWith("id/"));
    expect(lines).toEqual(Array.from({ length: 50 }, (_, n) => `id/${n} undefined id/${n} actor-of/${n}`));
  });

  it("keeps the context for those who hear that the client went away", async () => {
    const closed = new Map<string, Seen>();
    let allClosed: () => void;
    const done = new Promise<void>((resolve) => (allClosed = resolve));
    const listener = async (request: IncomingMessage, response: ServerResponse) => {
      identify({ id: `actor-of${request.url}` });
      const note = (event: string) => () => {
        closed.set(`${event}${request.url}`, see());
        if (closed.size === 20) allClosed();
      };
      request.on("close", note("request"));
      response.on("close", note("response"));
      request.resume();
    };
    await serving(withSecurityContext(sourceOf(), listener), async (port) => {
      for (let n = 0; n < 10; n++) {
        const socket = connect(port, "127.0.0.1");
        socket.write(`POST /${n} HTTP/1.1\r\nhost: x\r\nx-request-id: id-${n}\r\ncontent-length: 1000\r\n\r\nhalf`, () =>
          setTimeout(() => socket.destroy(), 20),
        );
      }
      await done;
    });
    for (let n = 0; n < 10; n++) {
      for (const event of ["request", "response"]) {
        expect(closed.get(`${event}/${n}`)).toMatchObject({ id: `id-${n}`, actor: `actor-of/${n}`, ip: "127.0.0.1" });
      }
    }
  });

  it("passes on what the listener throws and returns, with its receiver", () => {
    const server = createServer();
    const wrapped = withSecurityContext(sourceOf(), function (this: unknown) {
      if (currentContext() === undefined) return "no context";
      if (this !== server) throw new TypeError("as planned");
      return "all well";
    });
    const [request, response] = pair();
    expect(wrapped.call(server, request, response)).toBe("all well");
    expect(() => wrapped(request, response)).toThrow("as planned");
    expect(currentContext()).toBeUndefined();
  });

  it("replaces hostile ids and ignores forwarding headers from strangers", async () => {
    const listener = (_: IncomingMessage, response: ServerResponse) => response.end(JSON.stringify(see()));
    await serving(withSecurityContext(sourceOf(), listener), async (port) => {
      const { id, ip } = JSON.parse(
        (await send(undefined, port, "/", undefined, { "x-request-id": 'a"b\tc', "x-forwarded-for": "6.6.6.6", forwarded: "for=6.6.6.6" }))
          .text,
      ) as Seen;
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(ip).toBe("127.0.0.1");
    });
  });
});

/** A request and a response of the real classes, without a connection. */
function pair(): [IncomingMessage, ServerResponse] {
  const request = new IncomingMessage(new Socket());
  return [request, new ServerResponse(request)];
}

/** All that a server says to a text until it closes the connection. */
function conversation(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let heard = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => (heard += chunk));
    socket.on("end", () => resolve(heard));
    socket.on("error", reject);
  });
}
