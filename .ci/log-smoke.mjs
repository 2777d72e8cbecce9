// Records events with the built @telltale/log in every format, from a request over a socket, and verifies the sealed files with
// the built command: node .ci/log-smoke.mjs
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSecurityLog, formats } from "@telltale/log";
import { withSecurityContext } from "@telltale/log/http";

const folder = mkdtempSync(join(tmpdir(), "telltale-smoke-"));
const problems = [];
const files = Object.keys(formats).map((format) => ({ format, file: join(folder, `${format}.log`), chain: true }));
const security = createSecurityLog({ service: "smoke", outputs: files });

const server = createServer(
  withSecurityContext(security, (request, response) => {
    security.record("authn_login_fail", { userid: "ada", reason: "bad_password", extra: { password: "hunter2", url: request.url } });
    response.writeHead(401).end();
  }),
);
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
await fetch(`http://127.0.0.1:${server.address().port}/login?token=s3cr3t`, { method: "POST" });
server.close();
server.closeAllConnections();
await security.close();

for (const { format, file } of files) {
  const text = readFileSync(file, "utf8");
  if (!/authn_login_fail/.test(text) || !/127\.0\.0\.1/.test(text)) problems.push(`${format}: the event is not in the file`);
  if (/hunter2|s3cr3t/.test(text)) problems.push(`${format}: a secret is in the file`);
}
const command = fileURLToPath(new URL("../packages/cli/bin/telltale.js", import.meta.url));
const verified = spawnSync(process.execPath, [command, "verify", ...files.map(({ file }) => file)], { encoding: "utf8" });
if (verified.status !== 0) problems.push(`telltale verify ended with ${verified.status}: ${verified.stdout}${verified.stderr}`);

rmSync(folder, { recursive: true, force: true });
for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`${files.length} formats written and verified on Node.js ${process.version}`);
process.exitCode = problems.length === 0 ? 0 : 1;
