import { generateKeyPairSync } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { json } from "../formats/json.ts";
import { lineOf, privateKey, publicKey } from "../sinks/harness/lines.ts";
import { sealedOf } from "./harness/tampering.ts";
import { keyIdOf, newKeyPair, signingKey, verifyingKey } from "./keys.ts";
import { beforeTheFirst, sealHash } from "./seal.ts";
import { createSealer } from "./sealer.ts";
import type { ChainOptions } from "./sealer.ts";

const parts = { field: "outputs[0].chain", format: json };
const pem = privateKey.export({ type: "pkcs8", format: "pem" });

afterEach(() => {
  vi.useRealTimers();
});

describe("a seal", () => {
  it("is what docs/evidence.md says, so that anyone can check it", () => {
    const place = { chain: "0011223344556677", seq: 1, prev: beforeTheFirst };
    // printf 'telltale-seal-v1\n0011223344556677\n1\n000…0\n\nhello' | sha256sum
    expect(sealHash(place, "hello")).toBe("57ec1dce4e4f0157c6e226bdf6a68002f79aee7f548f042db529e96314a402c6");
    expect(sealHash({ ...place, key: "k" }, "hello")).toBe("626ae352a3bcce9f9fa8c0a172e56107a268c9aca4e3641dcfbf74bc3c798844");
  });

  it("leads from line to line, and is taken back where a line was not written", () => {
    const sealer = createSealer({}, parts);
    const first = sealedOf(sealer.seal(lineOf(1))).seal;
    expect(first).toMatchObject({ seq: 1, prev: beforeTheFirst });
    sealer.seal(lineOf("lost"));
    sealer.undo();
    const second = sealedOf(sealer.seal(lineOf(2)));
    expect(second).toMatchObject({ line: lineOf(2), fault: undefined, seal: { chain: first.chain, seq: 2, prev: first.hash } });
  });

  it("is continued from the newest line that has one", () => {
    const sealer = createSealer({}, parts);
    const lines = [1, 2, 3].map((id) => sealer.seal(lineOf(id)));
    const next = createSealer({}, parts);
    next.resume(["torn", lineOf("without"), lines[2]!, lines[1]!], "security.log");
    const { seal } = sealedOf(next.seal(lineOf(4)));
    expect(seal).toMatchObject({ seq: 4, prev: sealedOf(lines[2]!).seal.hash });
    expect(next.beginning()).toEqual({ kind: "continued", chain: seal.chain, after: { seq: 3, hash: seal.prev } });
  });
});

describe("checkpoints", () => {
  const signedOf = (line: string) => sealedOf(line).seal.signature !== undefined;

  it("come with the first line of a run, every so many lines, and on demand", () => {
    const sealer = createSealer({ signWith: pem, checkpointEvery: { lines: 3 } }, parts);
    expect([1, 2, 3, 4, 5, 6, 7].map((id) => signedOf(sealer.seal(lineOf(id))))).toEqual([true, false, false, true, false, false, true]);
    sealer.signNext();
    expect([8, 9].map((id) => signedOf(sealer.seal(lineOf(id))))).toEqual([true, false]);
    sealer.close();
  });

  it("are not used up by a line that was not written", () => {
    const sealer = createSealer({ signWith: pem }, parts);
    sealer.seal(lineOf("lost"));
    sealer.undo();
    expect(signedOf(sealer.seal(lineOf(1)))).toBe(true);
    sealer.close();
  });

  it("come after so many seconds, also when nothing is written: the log is asked for a line", () => {
    vi.useFakeTimers({ now: 0 });
    const written: boolean[] = [];
    const heartbeat = () => written.push(signedOf(sealer.seal(lineOf("heartbeat"))));
    const sealer = createSealer({ signWith: pem, checkpointEvery: { seconds: 10 } }, { ...parts, heartbeat });
    expect(signedOf(sealer.seal(lineOf(1)))).toBe(true);
    vi.advanceTimersByTime(9_000);
    expect(written).toEqual([]);
    vi.advanceTimersByTime(31_000);
    expect(written.length).toBeGreaterThanOrEqual(3);
    expect(written.every(Boolean)).toBe(true);
    sealer.close();
    vi.advanceTimersByTime(100_000);
    expect(written.length).toBeLessThan(5);
  });

  it("are signed by the key that they name", () => {
    const sealer = createSealer({ signWith: privateKey }, parts);
    const { seal } = sealedOf(sealer.seal(lineOf(1)));
    expect(seal.key).toBe(keyIdOf(publicKey));
    expect(verifyingKey(publicKey, "key").verify(seal.hash, seal.signature!)).toBe(true);
    const named = createSealer({ signWith: pem, keyId: "shop-2026" }, parts);
    expect(sealedOf(named.seal(lineOf(1))).seal.key).toBe("shop-2026");
    sealer.close();
    named.close();
  });
});

describe("a bad setup", () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const bad: readonly (readonly [ChainOptions, RegExp])[] = [
    [{ signWith: "not a key" }, /outputs\[0\]\.chain\.signWith is not an Ed25519 private key in PEM/],
    [{ signWith: rsa }, /signWith is not an Ed25519 private key in PEM \(it is rsa, private\)/],
    [{ signWith: publicKey }, /signWith is not an Ed25519 private key/],
    [{ signWith: pem, keyId: "with space" }, /outputs\[0\]\.chain\.keyId must be 1 to 64/],
    [{ checkpointEvery: { lines: 0 } }, /outputs\[0\]\.chain\.checkpointEvery\.lines must be a whole number/],
    [{ checkpointEvery: { seconds: "60" } } as never, /checkpointEvery\.seconds must be a number/],
    [{ onBroken: "ignore" } as never, /onBroken must be begin-new or refuse/],
    [{ sign: pem } as never, /outputs\[0\]\.chain\.sign is not an option of the security log; there are signWith/],
  ];
  it.each(bad)("%o is refused by name", (options, message) => {
    expect(() => createSealer(options, parts)).toThrow(message);
  });
});

it("makes a pair of keys that fit", () => {
  const pair = newKeyPair();
  const { id, sign } = signingKey(pair.privateKey, "key");
  expect([id, verifyingKey(pair.publicKey, "key").id]).toEqual([pair.id, pair.id]);
  const hash = "ab".repeat(32);
  expect(verifyingKey(pair.publicKey, "key").verify(hash, sign(hash))).toBe(true);
  expect(verifyingKey(pair.publicKey, "key").verify("cd".repeat(32), sign(hash))).toBe(false);
});
