import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { workplace } from "./harness/command.ts";

const { path, run, start } = workplace();

const scenario = `preset: benign
seed: 7
duration: 6h
population: { users: 60, offices: 1 }
attacks:
  - { class: credential_stuffing, at: 3h, users: 120, rate: 60 }
`;

describe("telltale simulate", () => {
  it("writes events and the truth of them, against which detect scores its alerts", async () => {
    writeFileSync(path("small.yaml"), scenario);
    const { status, err } = await run(["simulate", "--scenario", "small.yaml", "--truth", "t.json", "-o", "e.jsonl"]);
    const lines = readFileSync(path("e.jsonl"), "utf8").split("\n").length - 1;
    expect(err).toBe(`${lines} events in e.jsonl\n`);
    expect(status).toBe(0);

    const scored = await run(["detect", "e.jsonl", "--score", "t.json"]);
    expect(scored.out).toMatch(/^attack class +attacks +recall +alerts +precision/m);
    expect(scored.out).toMatch(/^credential_stuffing +1 +100\.0 %/m);
    expect(scored.err).toMatch(new RegExp(`from ${String(lines).replace(/\B(?=\d{3}$)/, ",")} events`));
    expect(scored.status).toBe(1);
  });

  it("gives the same lines for the same seed, and others for another", async () => {
    writeFileSync(path("small.yaml"), scenario.replace("at: 3h, ", "").replace("6h", "1h"));
    const of = async (seed: string) => (await run(["simulate", "--scenario", "small.yaml", "--seed", seed])).out;
    const first = await of("1");
    expect(first).not.toBe("");
    expect(await of("1")).toBe(first);
    expect(await of("2")).not.toBe(first);
  });

  it("ends quietly when the reader goes away", async () => {
    const simulation = start(["simulate", "--preset", "standard", "--seed", "1"]);
    await simulation.shows("out", /^\{.*\}\n/);
    simulation.closeOut();
    expect(await simulation.ended()).toMatchObject({ status: 0, err: "" });
  });

  it.skipIf(process.platform !== "linux")("says that the disk is full", async () => {
    writeFileSync(path("small.yaml"), scenario);
    const { status, err } = await run(["simulate", "--scenario", "small.yaml", "-o", "/dev/full"]);
    expect(err).toContain("TT1401: cannot write to /dev/full: no space left on device\n");
    expect(status).toBe(2);
  });
});
