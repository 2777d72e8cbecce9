// Derives packages/log/src/formats/harness/schemas/ocsf-facts.json from checkouts of github.com/ocsf/ocsf-schema:
//   node packages/log/scripts/ocsf-facts.mjs CHECKOUT_AT_1.8.0 CHECKOUT_AT_1.9.0-dev
// Names, types, numbers and requirements only, no text. A checkout may be `git archive TAG | tar x`; the commits are named below.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Version → commit that the facts in the project were derived from. */
const COMMITS = { "1.8.0": "6fa6499a0f8c9f449d342816e90e5f687c224b0a", "1.9.0-dev": "a5cfc68e3ca6d5b4468c33f8d7ebb76da967975f" };

const CLASSES = [
  ["base_event", "event_log_actvity", "detection_finding", "account_change", "authentication", "authorize_session"],
  ["entity_management", "user_access", "user_management", "web_resources_activity", "application_lifecycle", "api_activity"],
  ["datastore_activity", "file_hosting", "scan_activity", "application_error"],
].flat();

/** Objects that the formatter writes. An object outside this list fails validation, so the list grows with the formatter. */
const OBJECTS = [
  ["metadata", "product", "device", "user", "actor", "session", "network_endpoint", "network_proxy", "http_request", "service"],
  ["managed_entity", "web_resource", "resource_details", "database", "file", "scan", "api", "finding_info", "attack", "technique"],
  ["sub_technique", "evidences", "attestation", "prev_event", "fingerprint", "digital_signature", "object"],
].flat();

/** Profiles that the formatter declares. Attributes of the others do not exist for it. */
const PROFILES = new Set(["host", "security_control", "record_integrity"]);

const out = fileURLToPath(new URL("../src/formats/harness/schemas/ocsf-facts.json", import.meta.url));
const versions = Object.fromEntries(process.argv.slice(2).map(derive));
const facts = { source: "github.com/ocsf/ocsf-schema", derivedBy: "packages/log/scripts/ocsf-facts.mjs", versions };
// One line a class and object: a change of the schema shows as a change of its line.
const text = JSON.stringify(facts, null, 1)
  .replace(/\n {5,}/g, " ")
  .replace(/\n {4}}/g, " }");
writeFileSync(out, `${text}\n`);

/** @param {string} root */
function derive(root) {
  const { version } = read(join(root, "version.json"));
  const dictionary = read(join(root, "dictionary.json"));
  const categories = read(join(root, "categories.json")).attributes;
  const events = byName(join(root, "events"));
  const objects = byName(join(root, "objects"));
  const context = { root, dictionary: dictionary.attributes };
  const classes = Object.fromEntries(CLASSES.flatMap((name) => classOf(events, name, categories, context)));
  const shapes = Object.fromEntries(
    OBJECTS.filter((name) => objects[name]).map((name) => [name, shapeOf(resolve(objects, name, context), context)]),
  );
  const used = new Set([...Object.values(classes), ...Object.values(shapes)].flatMap(({ attributes }) => Object.keys(attributes)));
  const inUse = Object.entries(dictionary.attributes).filter(([name]) => used.has(name));
  return [
    version,
    {
      commit: COMMITS[version],
      types: Object.fromEntries(
        Object.entries(dictionary.types.attributes).map(([name, { type, regex, max_len: longest, range }]) => [
          name,
          // The expression for addresses is long; node:net says the same.
          { base: type, pattern: name === "ip_t" ? undefined : regex, longest, range },
        ]),
      ),
      // Values of an attribute wherever a class or object names none of its own, and the attribute that holds their caption.
      values: Object.fromEntries(
        inUse.filter(([, { enum: values }]) => values).map(([name, { enum: values }]) => [name, captionsOf(values)]),
      ),
      siblings: Object.fromEntries(inUse.filter(([, { sibling }]) => sibling).map(([name, { sibling }]) => [name, sibling])),
      classes,
      objects: shapes,
    },
  ];
}

function classOf(events, name, categories, context) {
  const event = events[name];
  if (event === undefined) return [];
  const resolved = resolve(events, name, context);
  const category = categories[resolved.category];
  const uid = name === "base_event" ? 0 : category.uid * 1000 + event.uid;
  return [
    [
      uid,
      {
        name: event.caption,
        category: category?.uid ?? 0,
        categoryName: category?.caption ?? "Uncategorized",
        ...shapeOf(resolved, context),
      },
    ],
  ];
}

/** Attributes and constraints with those of what is extended and included. */
function resolve(table, name, context) {
  const own = table[name];
  const base = own.extends ? resolve(table, own.extends, context) : { attributes: {}, constraints: {} };
  const attributes = { ...base.attributes };
  for (const path of [own.attributes?.$include ?? []].flat()) {
    const profile = read(join(context.root, path));
    for (const [key, value] of Object.entries(profile.attributes)) merge(attributes, key, { profile: profile.name, ...value });
  }
  for (const [key, value] of Object.entries(own.attributes ?? {})) if (key !== "$include") merge(attributes, key, value);
  return { category: own.category ?? base.category, attributes, constraints: { ...base.constraints, ...own.constraints } };
}

function merge(attributes, key, value) {
  attributes[key] = { ...attributes[key], ...value, enum: { ...attributes[key]?.enum, ...value.enum } };
}

/** `name: "type"`, with `[]` for a list and `!` where required; `profile/` before it where it belongs to a profile. */
function shapeOf({ attributes, constraints }, { dictionary }) {
  const written = {};
  const values = {};
  for (const [name, own] of Object.entries(attributes)) {
    if (own.profile && !PROFILES.has(own.profile)) continue;
    const entry = dictionary[name] ?? {};
    const profile = own.profile ? `${own.profile}/` : "";
    written[name] =
      `${profile}${own.type ?? entry.type}${(own.is_array ?? entry.is_array) ? "[]" : ""}${own.requirement === "required" ? "!" : ""}`;
    // The values of these follow from the place of the class.
    if (name === "class_uid" || name === "category_uid") continue;
    if (Object.keys(own.enum ?? {}).length > 0) values[name] = captionsOf({ ...entry.enum, ...own.enum });
  }
  return { attributes: written, values, constraints };
}

function captionsOf(values) {
  return Object.fromEntries(Object.entries(values).map(([value, { caption }]) => [value, caption]));
}

function byName(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.name.endsWith(".json"));
  return Object.fromEntries(files.map((entry) => read(join(entry.parentPath ?? entry.path, entry.name))).map((one) => [one.name, one]));
}

function read(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
