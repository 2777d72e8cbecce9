// Derives packages/log/src/formats/harness/schemas/ecs-facts.json from checkouts of github.com/elastic/ecs and github.com/elastic/ecs-logging:
//   node packages/log/scripts/ecs-facts.mjs ECS_CHECKOUT ECS_LOGGING_CHECKOUT
// Names, types and allowed values only, no text. The commits are named below.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const COMMITS = {
  ecs: "354fd8d0ca99faa15405d1ea1d3bb396724d3e5a",
  ecsLogging: "eabe5290f66632aa3cd7b275907570b1f1d19988",
};

/** The fields that the formatter may use: a field outside these fails validation, so the list grows with the formatter. */
const FIELDS = [
  /^(@timestamp|message|ecs\.version|log\.level|labels|trace\.id|span\.id|transaction\.id)$/,
  /^(event|service|error|organization|related|user_agent)\.\w+$/,
  /^user\.((effective|target)\.)?\w+$/,
  /^(source\.(ip|address|domain|port)|host\.(name|hostname|id)|process\.pid|file\.(name|path)|http\.request\.\w+|url\.\w+)$/,
  /^threat\.(framework|technique\.(subtechnique\.)?(id|name))$/,
];

const [ecs, logging] = process.argv.slice(2);
const flat = parse(readFileSync(join(ecs, "generated/ecs/ecs_flat.yml"), "utf8"));
const spec = JSON.parse(readFileSync(join(logging, "spec/spec.json"), "utf8")).fields;

const fields = Object.entries(flat)
  .filter(([name]) => FIELDS.some((pattern) => pattern.test(name)))
  .map(([name, { type, normalize, allowed_values: allowed }]) => [
    name,
    {
      type,
      list: normalize?.includes("array") ? true : undefined,
      allowed: allowed?.map((one) => one.name),
      expects: allowed?.some((one) => one.expected_event_types)
        ? Object.fromEntries(allowed.map((one) => [one.name, one.expected_event_types]))
        : undefined,
    },
  ]);

const facts = {
  source: "github.com/elastic/ecs and github.com/elastic/ecs-logging",
  derivedBy: "packages/log/scripts/ecs-facts.mjs",
  version: readFileSync(join(ecs, "version"), "utf8").trim(),
  commits: COMMITS,
  fields: Object.fromEntries(fields),
  logging: Object.fromEntries(
    Object.entries(spec).map(([name, { type, required, index, top_level_field: top }]) => [name, { type, required, index, top }]),
  ),
};
const out = fileURLToPath(new URL("../src/formats/harness/schemas/ecs-facts.json", import.meta.url));
writeFileSync(
  out,
  `${JSON.stringify(facts, null, 1)
    .replace(/\n {3,}/g, " ")
    .replace(/\n {2}}/g, " }")}\n`,
);
