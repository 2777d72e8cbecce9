import { createServer } from "node:http";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readAlerts } from "./alerts.mjs";
import { checkpointed, startDetector, until } from "./detector.mjs";

/** A receiver that counts what it took by `webhook-id`. Before it is told to be `up` it answers 503. */
async function receiver() {
  const taken = new Map();
  const facts = { taken, isUp: false, refused: 0 };
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const id = request.headers["webhook-id"];
      if (facts.isUp) taken.set(id, (taken.get(id) ?? 0) + 1);
      else facts.refused += 1;
      response.writeHead(facts.isUp ? 204 : 503).end();
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { facts, server, port: server.address().port };
}

/** The other side refuses for a while, then is gone altogether, the detector is killed in between; then it takes again. */
export async function* proveWebhook({ lines, folder, down }) {
  const { facts, server, port } = await receiver();
  const [log, state, alerts] = ["hook.log", "hook-state", "hook.json"].map((file) => join(folder, file));
  const args = [
    log,
    "--follow",
    "--state",
    state,
    "--checkpoint-every",
    "100ms",
    "--to",
    `json=${alerts}`,
    "--to",
    `webhook=http://127.0.0.1:${port}/`,
  ];
  const half = Math.floor(lines.length / 2);
  writeFileSync(log, `${lines.slice(0, half).join("\n")}\n`);
  let detector = startDetector(args);
  await until(() => checkpointed(state) === half, `event ${half}`, detector);
  await sleep(down / 2);
  await new Promise((done) => server.close(done).closeAllConnections());
  detector.kill();
  await detector.ended;
  let said = detector.said;
  detector = startDetector(args);
  appendFileSync(log, `${lines.slice(half).join("\n")}\n`);
  await until(() => checkpointed(state) === lines.length, `event ${lines.length}`, detector);
  await sleep(down / 2);
  const waiting = readAlerts(alerts).alerts.size;
  facts.isUp = true;
  await new Promise((done) => server.listen(port, "127.0.0.1", done));
  const up = performance.now();
  await until(() => facts.taken.size >= waiting, `${waiting} alerts at the webhook`, detector, 60_000 + 2 * down).catch(() => undefined);
  const seconds = (performance.now() - up) / 1000;
  await sleep(2000);
  detector.stop();
  await detector.ended;
  await new Promise((done) => server.close(done).closeAllConnections());
  said += detector.said;
  const expected = readAlerts(alerts);
  const wanted = new Set([...expected.alerts.values()].map((line) => idOf(JSON.parse(line))));
  const lost = [...wanted].filter((id) => !facts.taken.has(id));
  const added = [...facts.taken.keys()].filter((id) => !wanted.has(id));
  const twice = [...facts.taken].filter(([, count]) => count > 1);
  const isSaid = /alerts wait and are tried again/.test(said);
  yield {
    name: `webhook down for ${(down / 1000).toFixed(0)} s`,
    holds: lost.length + added.length + twice.length === 0 && expected.twice.length === 0 && isSaid && wanted.size > 0,
    text: `${wanted.size} alerts, all taken ${seconds.toFixed(1)} s after it came back; ${lost.length} lost, ${added.length} that should not be, ${twice.length} twice; ${facts.refused} answers 503 before; ${isSaid ? "said" : "NOT said"}`,
  };
}

function idOf({ id, phase, count }) {
  return phase === "grown" ? `${id}-grown-${count}` : `${id}-${phase}`;
}
