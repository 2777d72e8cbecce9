import fc from "fast-check";
import { isIP } from "node:net";
import proxyaddr from "proxy-addr";
import { describe, expect, it } from "vitest";
import { addressOf, addressOfNode } from "./address.ts";
import { clientOf } from "./client.ts";
import type { ForwardingHeader } from "./forwarding.ts";
import { compileTrust, type TrustOption } from "./trust.ts";

const XFF: ForwardingHeader = "x-forwarded-for";

function client(peer: string | undefined, value: string | undefined, trust?: TrustOption, header: ForwardingHeader = XFF) {
  return clientOf(peer, header, value, compileTrust(trust));
}

describe("an address", () => {
  it.each([
    ["1.2.3.4", "1.2.3.4"],
    ["::ffff:1.2.3.4", "1.2.3.4"],
    ["::FFFF:1.2.3.4", "1.2.3.4"],
    ["::ffff:0102:0304", "1.2.3.4"],
    ["0:0:0:0:0:ffff:1.2.3.4", "1.2.3.4"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["::1", "::1"],
    ["::", "::"],
  ])("%s is written %s", (text, written) => expect(addressOf(text)).toBe(written));

  it.each([
    "",
    "localhost",
    "1.2.3",
    "1.2.3.4.5",
    "01.2.3.4",
    "0x7f.1",
    "10",
    "1.2.3.4:80",
    "[::1]",
    "::1]",
    "unknown",
    " 1.2.3.4",
    "1.2.3.4\n",
  ])("%j is none", (text) => expect(addressOf(text)).toBeUndefined());

  it.each([
    ["1.2.3.4:4711", "1.2.3.4"],
    ["[2001:db8::1]:4711", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["[::ffff:1.2.3.4]:80", "1.2.3.4"],
  ])("is taken out of the node %s", (node, written) => expect(addressOfNode(node)).toBe(written));

  it.each(["1.2.3.4:http", "[::1", "[::1]x", "[1.2.3.4", "_hidden", "unknown", ":80", "1.2.3.4:123456"])(
    "is not taken out of the node %j",
    (node) => expect(addressOfNode(node)).toBeUndefined(),
  );
});

describe("the client's address", () => {
  it("is the peer's where nobody is trusted, whatever the header says", () => {
    expect(client("203.0.113.9", "6.6.6.6")).toEqual({ ip: "203.0.113.9", via: "peer" });
    expect(client("::ffff:203.0.113.9", "6.6.6.6", false)).toEqual({ ip: "203.0.113.9", via: "peer" });
    expect(client("203.0.113.9", "6.6.6.6", 0)).toEqual({ ip: "203.0.113.9", via: "peer" });
    expect(client("203.0.113.9", "6.6.6.6", [])).toEqual({ ip: "203.0.113.9", via: "peer" });
  });

  it("is the peer's where the peer is no trusted proxy: a spoofed header never counts", () => {
    expect(client("203.0.113.9", "6.6.6.6", ["loopback", "10.0.0.0/8"])).toEqual({ ip: "203.0.113.9", via: "peer" });
  });

  it("is the last one that a trusted proxy saw, not what the client wrote in front of it", () => {
    const trust = ["loopback", "10.0.0.0/8"];
    expect(client("127.0.0.1", "6.6.6.6, 203.0.113.7, 10.1.2.3", trust)).toEqual({ ip: "203.0.113.7", peer: "127.0.0.1", via: XFF });
    expect(client("::ffff:10.0.0.1", "203.0.113.7", trust)).toEqual({ ip: "203.0.113.7", peer: "10.0.0.1", via: XFF });
    expect(client("::1", "2001:db8::7", trust)).toEqual({ ip: "2001:db8::7", peer: "::1", via: XFF });
    expect(client("10.0.0.1", "10.0.0.3,10.0.0.2", trust)).toEqual({ ip: "10.0.0.3", peer: "10.0.0.1", via: XFF });
  });

  it("counts hops, and believes all where told so", () => {
    const value = "6.6.6.6, 203.0.113.7:5000, [2001:db8::2]:80";
    expect(client("192.0.2.1", value, 1)).toMatchObject({ ip: "2001:db8::2" });
    expect(client("192.0.2.1", value, 2)).toMatchObject({ ip: "203.0.113.7" });
    expect(client("192.0.2.1", value, true)).toMatchObject({ ip: "6.6.6.6", peer: "192.0.2.1", via: XFF });
    expect(client(undefined, value, 1)).toEqual({ ip: "2001:db8::2", via: XFF });
  });

  it("stays with the proxy that wrote nonsense", () => {
    expect(client("127.0.0.1", "6.6.6.6, unknown", ["loopback"])).toEqual({ ip: "127.0.0.1", via: "peer" });
    expect(client("127.0.0.1", "6.6.6.6, , 127.0.0.2", ["loopback"])).toEqual({ ip: "127.0.0.2", peer: "127.0.0.1", via: XFF });
    expect(client("127.0.0.1", "<script>", true)).toEqual({ ip: "127.0.0.1", via: "peer" });
    expect(client(undefined, "x", true)).toBeUndefined();
    expect(client(undefined, "6.6.6.6", ["loopback"])).toBeUndefined();
    expect(client("/run/socket", undefined)).toBeUndefined();
  });

  it("reads Forwarded, and only where told so", () => {
    const trust = ["loopback"];
    const ipOf = (value: string) => client("127.0.0.1", value, trust, "forwarded")?.ip;
    expect(ipOf("for=192.0.2.60;proto=http;by=203.0.113.43")).toBe("192.0.2.60");
    expect(ipOf('For="[2001:db8:cafe::17]:4711"')).toBe("2001:db8:cafe::17");
    expect(ipOf('for=6.6.6.6, proto=https ; for="192.0.2.7:80"')).toBe("192.0.2.7");
    expect(ipOf('for=192.0.2.7;host="a,b;for=6.6.6.6"')).toBe("192.0.2.7");
    expect(ipOf("for=_hidden")).toBe("127.0.0.1");
    expect(ipOf("by=1.2.3.4")).toBe("127.0.0.1");
    // A client's open quote cannot swallow what the proxy appends.
    expect(ipOf('for="6.6.6.6, for="[2001:db8::7]"')).toBe("2001:db8::7");
    expect(ipOf(String.raw`for="x\", for=192.0.2.7`)).toBe("192.0.2.7");
  });

  it("agrees with proxy-addr wherever that answers with an address", () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom("127.0.0.1", "::1", "10.0.0.1", "10.9.9.9", "fc00::1"));
    const trust = ["loopback", "uniquelocal"];
    fc.assert(
      fc.property(address, fc.array(address, { maxLength: 5 }), (peer, chain) => {
        const value = chain.join(", ");
        const request = { connection: { remoteAddress: peer }, headers: value ? { "x-forwarded-for": value } : {} };
        const theirs = proxyaddr(request as never, trust);
        expect(client(peer, value, trust)?.ip).toBe(addressOf(theirs));
      }),
      { numRuns: 500 },
    );
  });

  it("is an address whatever the headers hold", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom('"', "\\", ",", ";", "for=", "[", "]", ":", "127.0.0.1", " "),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
    const trust = fc.constantFrom<TrustOption[]>(true, 1, 3, ["loopback"], false);
    const header = fc.constantFrom<ForwardingHeader[]>("x-forwarded-for", "forwarded");
    fc.assert(
      fc.property(fc.option(text, { nil: undefined }), text, trust, header, (peer, value, trust, header) => {
        const source = client(peer, value, trust, header);
        if (source === undefined) return;
        expect(isIP(source.ip)).not.toBe(0);
        expect(addressOf(source.ip)).toBe(source.ip);
        if (source.peer !== undefined) expect(addressOf(source.peer)).toBe(source.peer);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is found in time in a header of megabytes", () => {
    const commas = ",".repeat(2_000_000);
    const quotes = '\\"'.repeat(700_000);
    expect(client("127.0.0.1", commas, true)).toEqual({ ip: "127.0.0.1", via: "peer" });
    expect(client("127.0.0.1", `6.6.6.6,${"127.0.0.1,".repeat(200_000)}127.0.0.1`, true)?.ip).toBe("127.0.0.1");
    expect(client("127.0.0.1", quotes, true, "forwarded")).toEqual({ ip: "127.0.0.1", via: "peer" });
    expect(client("127.0.0.1", `${"\\".repeat(2_000_000)}"`, true, "forwarded")).toEqual({ ip: "127.0.0.1", via: "peer" });
  });
});
