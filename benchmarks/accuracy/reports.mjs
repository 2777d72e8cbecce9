/** Reads what a tool said of an application: Telltale's JSON or anybody's SARIF, as one list of claims. */
import { fileURLToPath } from "node:url";
import { BadInput } from "./labels.mjs";

/**
 * A claim: `{ file, line, endLine, verdict, action }`. Paths are relative to the application, with `/`. A finding of SARIF is a
 * claim of verdict `gap`; one without lines is about the whole file (line 1 to Infinity).
 *
 * `rules`: only these count; undefined is all. `root`: the folder of the application, cut from absolute paths.
 */
export function readReport(source, { name = "the report", rules, root, app } = {}) {
  let report;
  try {
    report = JSON.parse(source);
  } catch (error) {
    throw new BadInput(`${name} is not JSON${source.trim() === "" ? ": it is empty" : ` (${error.message})`}`, { cause: error });
  }
  if (Array.isArray(report?.runs)) return fromSarif(report, { rules, root, app });
  if (Array.isArray(report?.handlers) && Array.isArray(report.findings)) return fromTelltale(report, rules);
  throw new BadInput(`${name} is neither SARIF (no list "runs") nor the JSON of telltale scan (no lists "handlers" and "findings")`);
}

/** SARIF only: Telltale's own JSON is refused. */
export function readSarif(source, options) {
  const claims = readReport(source, options);
  if (claims.some((claim) => claim.verdict !== "gap")) throw new BadInput(`${options?.name ?? "the report"} is not SARIF`);
  return claims;
}

function fromTelltale(report, rules) {
  if (rules === undefined) return report.handlers;
  return report.findings
    .filter((finding) => rules.includes(finding.rule))
    .map(({ place, action }) => ({ file: place.file, line: place.line, endLine: place.endLine, verdict: "gap", action }));
}

function fromSarif(report, { rules, root, app }) {
  const claims = [];
  for (const run of report.runs) {
    for (const result of run.results ?? []) {
      if (!isFinding(result) || (rules !== undefined && !rules.includes(ruleOf(result, run)))) continue;
      for (const location of result.locations ?? []) {
        const claim = claimOf(location.physicalLocation, run, { root, app });
        if (claim !== undefined) claims.push(claim);
      }
    }
  }
  return claims;
}

/** `kind` other than fail (its default), accepted findings, and those that are gone since a baseline say nothing is wrong. */
function isFinding(result) {
  if ((result.kind ?? "fail") !== "fail" || result.baselineState === "absent") return false;
  return !(result.suppressions ?? []).some((suppression) => (suppression.status ?? "accepted") === "accepted");
}

const ruleOf = (result, run) => result.ruleId ?? result.rule?.id ?? run.tool?.driver?.rules?.[result.ruleIndex ?? result.rule?.index]?.id;

function claimOf(physical, run, { root, app }) {
  const artifact = physical?.artifactLocation;
  const uri = artifact?.uri ?? run.artifacts?.[artifact?.index]?.location?.uri;
  if (uri === undefined) return undefined;
  const line = physical.region?.startLine ?? 1;
  const endLine = physical.region?.startLine === undefined ? Infinity : (physical.region.endLine ?? line);
  return { file: relative(absolute(uri, artifact, run), { root, app }), line, endLine, verdict: "gap", action: undefined };
}

/** With the base that the run gives it, where that is absolute; else as it stands. */
function absolute(uri, artifact, run) {
  const base = run.originalUriBaseIds?.[artifact?.uriBaseId]?.uri;
  return base?.startsWith("file:") && !/^[a-z]+:/i.test(uri) ? base.replace(/\/?$/, "/") + uri : uri;
}

/** As it stands in labels: nothing before the application's own folders. */
function relative(uri, { root, app }) {
  const path = (uri.startsWith("file:///") ? fileURLToPath(uri) : decoded(uri)).replaceAll("\\", "/").replace(/^\.\//, "");
  const folder = root?.replaceAll("\\", "/").replace(/\/$/, "");
  if (folder !== undefined && path.startsWith(`${folder}/`)) return path.slice(folder.length + 1);
  const at = app === undefined ? -1 : `/${path}`.lastIndexOf(`/${app}/`);
  return at < 0 ? path : path.slice(at + app.length + 1);
}

function decoded(uri) {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
