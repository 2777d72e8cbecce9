import { generateKeyPairSync } from "node:crypto";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createFormats, formats } from "../formats/index.ts";
import { json } from "../formats/json.ts";
import { createSecurityLog } from "../security-log.ts";
import { lineOf, newFolder, privateKey, publicKey } from "../sinks/harness/lines.ts";
import { check, checkBytes, forge, sealedOf } from "./harness/tampering.ts";
import { createSealer } from "./sealer.ts";
import type { ChainOptions } from "./sealer.ts";
import { verifyFiles } from "./verify.ts";

/** Lines of one chain, unless they continue another. */
function chainOf(ids: readonly (string | number)[], options: ChainOptions = {}, after: readonly string[] = []): string[] {
  const sealer = createSealer(options, { field: "chain", format: json });
  sealer.resume(after.toReversed(), "file");
  const lines = ids.map((id) => sealer.seal(lineOf(id)));
  sealer.close();
  return lines;
}

const unsigned = { publicKeys: [] };
const signed: ChainOptions = { signWith: privateKey, checkpointEvery: { lines: 3 } };

describe("several chains", () => {
  it("may be interleaved in one file and go on in the next", async () => {
    const a = chainOf([1, 2, 3, 4]);
    const b = chainOf(["x", "y", "z"]);
    const report = await check(
      [
        [a[0]!, b[0]!, a[1]!],
        [b[1]!, a[2]!, b[2]!, a[3]!],
      ],
      "\n",
      unsigned,
    );
    expect(report).toMatchObject({ intact: true, chains: [{ lines: 4 }, { lines: 3 }], notes: [{ kind: "chain-begins", line: 2 }] });
  });

  it("are each followed: what is wrong with one is found", async () => {
    const a = chainOf([1, 2, 3, 4]);
    const b = chainOf(["x", "y", "z"]);
    const report = await check([[a[0]!, b[0]!, a[1]!, b[2]!, a[2]!, a[3]!]], "\n", unsigned);
    expect(report).toMatchObject({ problemCount: 1, problems: [{ kind: "removed", line: 4, seq: 2 }] });
  });

  it("may be more than anyone can have: those beyond 10,000 are not followed", async () => {
    const lines = Array.from({ length: 10_002 }, (_, id) => chainOf([id])[0]!);
    const report = await check([lines], "\n", unsigned);
    expect(report).toMatchObject({
      problemCount: 2,
      problems: [
        { kind: "inserted", line: 10_001 },
        { kind: "inserted", line: 10_002 },
      ],
    });
  });

  it("may follow each other, as after a break", async () => {
    const report = await check([[...chainOf([1, 2]), ...chainOf([3, 4])]], "\n", unsigned);
    expect(report).toMatchObject({ intact: true, chains: [{ last: { line: 2 } }, { first: { line: 3 } }] });
  });
});

describe("signatures", () => {
  it("hold with the key, and say how far", async () => {
    const report = await check([chainOf([1, 2, 3, 4, 5], signed)], "\n", { checkpointEvery: 3 });
    expect(report).toMatchObject({ intact: true, chains: [{ checkpoints: 2, signedTo: 4 }] });
  });

  it("may be by several keys, one after another", async () => {
    const other = generateKeyPairSync("ed25519");
    const first = chainOf([1, 2], signed);
    const lines = [...first, ...chainOf([3, 4], { ...signed, signWith: other.privateKey, keyId: "the-second" }, first)];
    expect(await check([lines], "\n", { publicKeys: [publicKey, other.publicKey] })).toMatchObject({
      intact: true,
      chains: [{ checkpoints: 2 }],
    });
    expect(await check([lines])).toMatchObject({ problems: [{ kind: "unknown-key", line: 3, found: "one by the-second" }] });
  });

  it("that the key did not make are found, even under its name", async () => {
    const other = generateKeyPairSync("ed25519");
    const [line] = chainOf([1], signed);
    const forged = chainOf([1, 2], { signWith: other.privateKey, keyId: sealedOf(line!).seal.key! });
    expect(await check([forged])).toMatchObject({
      problems: [
        { kind: "bad-signature", line: 1 },
        { kind: "unsigned", line: 1 },
      ],
    });
  });

  it("cannot be taken off a line", async () => {
    const lines = chainOf([1, 2, 3, 4, 5], signed);
    const { line, seal } = sealedOf(lines[3]!);
    const { signature: _, key: __, ...bare } = seal;
    lines[3] = json.seal(line, bare);
    expect(await check([lines], "\n", unsigned)).toMatchObject({ problemCount: 1, problems: [{ kind: "changed", line: 4 }] });
  });

  it("are missed where someone without the key made a chain of his own, or the rest of one", async () => {
    expect(await check([chainOf([1, 2, 3])])).toMatchObject({ problems: [{ kind: "unsigned", line: 1, seq: 1 }] });
    const lines = chainOf([1, 2], signed);
    for (let id = 3; id <= 20; id += 1) {
      const { seal } = sealedOf(lines.at(-1)!);
      lines.push(forge(lineOf(id), seal.seq + 1, seal.hash, seal.chain));
    }
    const report = await check([lines], "\n", { checkpointEvery: 7 });
    expect(report).toMatchObject({ problems: [{ kind: "unsigned", line: 8, found: "the last one at 1" }], chains: [{ signedTo: 1 }] });
  });
});

describe("lines without a seal", () => {
  it("from before the chain are told of", async () => {
    const report = await check([[lineOf("a"), lineOf("b"), ...chainOf([1, 2])]], "\n", unsigned);
    expect(report).toMatchObject({ intact: true, notes: [{ kind: "unsealed", line: 1, text: "2 lines before the chain begins" }] });
  });

  it("from before the chain may be many, and many are counted anywhere else", async () => {
    const plain = Array.from({ length: 25_000 }, () => "plain");
    const [one, two] = chainOf([1, 2]);
    const before = await check([[...plain, one!, two!]], "\n", unsigned);
    expect(before).toMatchObject({ intact: true, notes: [{ text: "25000 lines before the chain begins" }] });
    expect(await check([[one!, ...plain, two!]], "\n", unsigned)).toMatchObject({ problemCount: 25_000, problems: { length: 1000 } });
    expect(await check([[one!, two!, ...plain]], "\n", unsigned)).toMatchObject({ problemCount: 25_000 });
    expect(await check([plain], "\n", unsigned)).toMatchObject({ problemCount: 1, problems: [{ kind: "no-chain" }] });
  });

  it("are a problem anywhere else, unless others write to the stream", async () => {
    const [one, two] = chainOf([1, 2]);
    const lines = [one!, lineOf("a"), two!, lineOf("b")];
    expect(await check([lines], "\n", unsigned)).toMatchObject({
      problems: [
        { kind: "inserted", line: 2 },
        { kind: "inserted", line: 4 },
      ],
    });
    expect(await check([lines], "\n", { ...unsigned, allowUnsealed: true })).toMatchObject({ intact: true, lines: 4 });
  });

  it("alone are no chain", async () => {
    expect(await check([[lineOf("a"), lineOf("b")]])).toMatchObject({
      intact: false,
      problems: [{ kind: "no-chain", found: "none in 2 lines" }],
    });
    expect(await check([[]])).toMatchObject({ intact: false, problems: [{ kind: "no-chain" }] });
  });

  it("that are passed off as torn are not: they say how long they are", async () => {
    const [one, two] = chainOf([1, 2]);
    const report = await check([[one!, `${lineOf("a")} [telltale: torn line, 5 bytes]`, two!]], "\n", unsigned);
    expect(report).toMatchObject({ problems: [{ kind: "inserted", line: 2 }] });
  });
});

describe("files", () => {
  it("may be packed, and the same may be given twice", async () => {
    const folder = newFolder();
    const lines = chainOf([1, 2, 3, 4]);
    const text = (some: readonly string[]) => `${some.join("\n")}\n`;
    writeFileSync(join(folder, "old.gz"), gzipSync(text(lines.slice(0, 2))));
    writeFileSync(join(folder, "new"), text(lines.slice(2)));
    const paths = ["new", "old.gz", "new"].map((name) => join(folder, name));
    expect(await verifyFiles(paths, { formats: [json], fromStart: true })).toMatchObject({
      intact: true,
      lines: 4,
      files: [paths[1], paths[0]],
    });
  });

  it("that cannot be read are named, and the others read", async () => {
    const folder = newFolder();
    const packed = gzipSync(Buffer.from(`${chainOf([1]).join("\n")}\n`));
    writeFileSync(join(folder, "cut.gz"), packed.subarray(0, packed.length - 20));
    writeFileSync(join(folder, "good"), `${chainOf([1]).join("\n")}\n`);
    const report = await verifyFiles(
      ["cut.gz", "absent", "good"].map((name) => join(folder, name)),
      { formats: [json] },
    );
    expect(report.intact).toBe(false);
    expect(report.unreadable.map(({ file, cause }) => [file.split("/").at(-1), cause]).sort()).toEqual([
      ["absent", "no such file or directory"],
      ["cut.gz", "unexpected end of file"],
    ]);
    expect(report.chains.length).toBeGreaterThan(0);
  });

  it("may hold bytes that are no text", async () => {
    const intact = createSealer({}, { field: "chain", format: json });
    const good = Buffer.from(`${intact.seal(lineOf("\ufffd"))}\n`);
    expect(await checkBytes([good], unsigned)).toMatchObject({ intact: true });
    // Both would be read as the same character.
    const bad = Buffer.from(good.toString("latin1").replaceAll("\u00ef\u00bf\u00bd", "\u00ff"), "latin1");
    expect(await checkBytes([bad], unsigned)).toMatchObject({ intact: false, problems: [{ kind: "changed", line: 1 }] });
  });
});

const numbered = { ...createFormats({ enterpriseNumber: 4711 }).syslog, enterpriseNumber: 4711 };

describe.each([...Object.values(formats), numbered])("the format $id", (format) => {
  it("is sealed, continued after a crash and verified, and a change in it is found", async () => {
    const path = join(newFolder(), "security.log");
    const extra = "enterpriseNumber" in format ? { enterpriseNumber: 4711 } : {};
    for (const run of [1, 2]) {
      const log = createSecurityLog({
        service: "shop",
        outputs: { format: format.id, file: path, chain: { signWith: privateKey }, ...extra },
        onWarning: () => undefined,
      });
      for (let i = 0; i < 5; i += 1) log.record("authn_login_fail", { userid: `Zoë ${i}`, reason: "bad_password" });
      await log.close();
      if (run === 1) appendFileSync(path, readFileSync(path).subarray(0, 90));
    }
    const options = { formats: Object.values(formats), publicKeys: [publicKey], fromStart: true };
    const report = await verifyFiles([path], options);
    expect(report.problems).toEqual([]);
    // Start, five events and stop, twice.
    expect(report).toMatchObject({ intact: true, chains: [{ lines: 14, signedTo: 14 }], notes: [{ kind: "torn", line: 8 }] });

    const text = readFileSync(path, "utf8");
    const at = text.indexOf("bad_password", text.indexOf("bad_password", text.indexOf("Zo", 2000)) + 1);
    writeFileSync(path, `${text.slice(0, at)}BAD${text.slice(at + 3)}`);
    const line = text.slice(0, at).split("\n").length;
    expect((await verifyFiles([path], options)).problems[0]).toMatchObject({ kind: "changed", line });
  });
});
