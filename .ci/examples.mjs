// Holds the printed report of the examples against the JSON report of the same sources: node .ci/examples.mjs TEXT JSON SARIF
import { readFileSync } from "node:fs";

const [text, json, sarif] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
const { findings, summary } = JSON.parse(json);
const { results } = JSON.parse(sarif).runs[0];
const problems = [];

const unnamed = findings.filter(
  ({ rule, route, handler }) => !text.split("\n").some((line) => line.includes(rule) && line.includes(route ?? handler)),
);
for (const { rule, place } of unnamed) problems.push(`not named on screen: ${rule} at ${place.file}:${place.line}`);

for (const example of ["examples/shop/", "examples/plug-api/"]) {
  const logins = findings.filter(({ place, action }) => place.file.startsWith(example) && action === "authn_login");
  if (logins.length === 0) problems.push(`the silent login of ${example} is not found`);
}
if (summary.adequate === 0) problems.push("no handler of the examples is adequate: good ones are not told from silent ones");
if (results.length !== findings.length) problems.push(`SARIF has ${results.length} results for ${findings.length} findings`);

for (const problem of problems) console.error(problem);
if (problems.length === 0) console.log(`${findings.length} findings, all named on screen and in SARIF`);
process.exitCode = problems.length === 0 ? 0 : 1;
