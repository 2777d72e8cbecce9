import { LineCounter, isCollection, isMap, isScalar, parseDocument } from "yaml";
import type { Document } from "yaml";
import { DetectError } from "../errors.ts";
import { attackClasses, parametersOf } from "./attacks/intensities.ts";
import type { AttackClass } from "./attacks/intensities.ts";
import { DAY, HOUR, MINUTE, defaultDelay, defaultPopulation } from "./options.ts";
import type { AttackRequest, DelayOptions, PopulationOptions, Ranges, SimulationOptions } from "./options.ts";
import { presets } from "./presets.ts";
import type { PresetName } from "./presets.ts";

const units: { readonly [unit: string]: number } = { s: 1000, m: MINUTE, h: HOUR, d: DAY };
const rangeNames: readonly Ranges[] = ["standard", "held-out"];
const attackKeys = ["class", "at", "count", "ranges"];
const MOST_USERS = 1_000_000;
const MOST_ATTACKS = 100_000;

type Path = readonly (string | number)[];
type Table = { readonly [key: string]: unknown };

/**
 * Reads a scenario (docs/simulate.md). What it leaves out is that of its `preset`, else: seed 1, from Monday 2026-03-02 on,
 * one day, the usual population, no attacks. Throws DetectError `SIMULATION` with file, line and column.
 */
export function readScenario(source: { readonly file: string; readonly text: string }): SimulationOptions {
  return new ScenarioReader(source.file, source.text).read();
}

class ScenarioReader {
  private readonly file: string;
  private readonly lines = new LineCounter();
  private readonly document: Document;

  constructor(file: string, text: string) {
    this.file = file;
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
    const error = this.document.errors[0];
    if (error) this.failAt(error.pos[0], "", `is not valid YAML: ${error.message}`);
    if (!isMap(this.document.contents)) this.failAt(0, "", "must be a map with keys such as seed, duration and attacks");
  }

  read(): SimulationOptions {
    const root = this.table([], ["name", "preset", "seed", "start", "duration", "population", "delay", "ranges", "attacks"]);
    const name = root["preset"];
    if (name !== undefined && !Object.hasOwn(presets, String(name))) {
      this.fail(["preset"], `must be one of ${Object.keys(presets).join(", ")}`);
    }
    const preset = name === undefined ? undefined : presets[String(name) as PresetName];
    const has = (key: string) => root[key] !== undefined;
    const options: SimulationOptions = {
      name: has("name") ? this.word(["name"], root["name"]) : (preset?.name ?? "scenario"),
      seed: has("seed") ? this.whole(["seed"], root["seed"], 0, 0xffffffff) : (preset?.seed ?? 1),
      start: has("start") ? this.moment(["start"], root["start"]) : (preset?.start ?? presets.standard.start),
      duration: has("duration") ? this.span(["duration"], root["duration"], MINUTE) : (preset?.duration ?? DAY),
      population: has("population") ? this.population() : (preset?.population ?? defaultPopulation),
      delay: has("delay") ? this.delay() : (preset?.delay ?? defaultDelay),
      ranges: has("ranges") ? this.oneOf(["ranges"], root["ranges"], rangeNames) : (preset?.ranges ?? "standard"),
      attacks: has("attacks") ? this.attacks(root["attacks"]) : (preset?.attacks ?? []),
    };
    for (const [index, { at = 0 }] of options.attacks.entries()) {
      if (at >= options.duration) this.fail(["attacks", index, "at"], "must lie within the duration");
    }
    return options;
  }

  private population(): PopulationOptions {
    const given = this.numbers(["population"], defaultPopulation);
    const path = (key: keyof PopulationOptions) => ["population", key];
    this.whole(path("users"), given.users, 20, MOST_USERS);
    this.whole(path("offices"), given.offices, 0, 2000);
    this.whole(path("brokenJobs"), given.brokenJobs, 0, 100);
    for (const key of ["inOffices", "forgetful", "mistypedCodes", "mobile", "vpn", "travellers", "newDevices", "staleTabs"] as const) {
      this.within(path(key), given[key], 0, 1);
    }
    this.within(path("admins"), given.admins + given.analysts, 0, 1);
    for (const key of ["lease", "journeyEvery"] as const) this.within(path(key), given[key], 0.01, 10_000);
    for (const key of ["visits", "staleManagers", "offBoardings", "registrations"] as const) this.within(path(key), given[key], 0, 100_000);
    return given;
  }

  /** Written as durations, kept as milliseconds. */
  private delay(): DelayOptions {
    const table = this.table(["delay"], ["usual", "heldUp", "longest"]);
    const heldUp = table["heldUp"] === undefined ? defaultDelay.heldUp : this.within(["delay", "heldUp"], table["heldUp"], 0, 1);
    const span = (key: "usual" | "longest") => (table[key] === undefined ? defaultDelay[key] : this.span(["delay", key], table[key], 0));
    return { usual: span("usual"), heldUp, longest: span("longest") };
  }

  private attacks(given: unknown): AttackRequest[] {
    if (!Array.isArray(given)) this.fail(["attacks"], "must be a list of attacks, each with a class");
    const requests = given.map((_, index) => this.attack(["attacks", index]));
    const count = requests.reduce((sum, one) => sum + (one.count ?? 1), 0);
    if (count > MOST_ATTACKS) this.fail(["attacks"], `are ${count}: expected at most ${MOST_ATTACKS}`);
    return requests;
  }

  private attack(path: Path): AttackRequest {
    const table = this.table(path);
    if (table["class"] === undefined) this.fail(path, `has no class: expected one of ${attackClasses.join(", ")}`);
    const attackClass = this.oneOf([...path, "class"], table["class"], attackClasses);
    const parameters = Object.keys(table).filter((key) => !attackKeys.includes(key));
    return {
      class: attackClass,
      ...(table["at"] === undefined ? {} : { at: this.span([...path, "at"], table["at"], 0) }),
      ...(table["count"] === undefined ? {} : { count: this.whole([...path, "count"], table["count"], 1, MOST_ATTACKS) }),
      ...(table["ranges"] === undefined ? {} : { ranges: this.oneOf([...path, "ranges"], table["ranges"], rangeNames) }),
      parameters: Object.fromEntries(parameters.map((key) => [key, this.parameter(attackClass, [...path, key], key, table[key])])),
    };
  }

  private parameter(attackClass: AttackClass, path: Path, name: string, given: unknown): number | readonly [number, number] | string {
    const known = parametersOf(attackClass);
    const parameter = Object.hasOwn(known, name) ? known[name] : undefined;
    if (parameter === undefined) {
      this.fail(path, `is no parameter of ${attackClass}: expected ${[...attackKeys, ...Object.keys(known)].join(", ")}`);
    }
    if ("words" in parameter) return this.oneOf(path, given, parameter.words);
    if (!Array.isArray(given)) return this.within(path, given, 0, 1e9);
    const ends = given.map((one, index) => this.within([...path, index], one, 0, 1e9));
    const [low, high] = ends;
    if (ends.length !== 2 || low === undefined || high === undefined || low > high) {
      this.fail(path, "must be a number, or a range [low, high]");
    }
    return [low, high];
  }

  /** A table of numbers with defaults. */
  private numbers<T extends { readonly [K in keyof T]: number }>(path: Path, defaults: T): T {
    const table = this.table(path, Object.keys(defaults));
    const given = Object.keys(table).map((key) => [key, this.within([...path, key], table[key], 0, 1e9)]);
    return { ...defaults, ...(Object.fromEntries(given) as Partial<T>) };
  }

  private table(path: Path, keys?: readonly string[]): Table {
    const node = path.length === 0 ? this.document.contents : this.document.getIn(path, true);
    if (!isMap(node)) this.fail(path, "must be a map of keys and values");
    for (const { key } of node.items) {
      const name = isScalar(key) ? String(key.value) : "";
      if (keys !== undefined && !keys.includes(name)) this.fail([...path, name], `is not known: expected ${keys.join(", ")}`);
    }
    return node.toJS(this.document) as Table;
  }

  private within(path: Path, given: unknown, low: number, high: number): number {
    if (typeof given !== "number" || !(given >= low && given <= high)) this.fail(path, `must be a number from ${low} to ${high}`);
    return given;
  }

  private whole(path: Path, given: unknown, low: number, high: number): number {
    if (!Number.isInteger(given)) this.fail(path, `must be a whole number from ${low} to ${high}`);
    return this.within(path, given, low, high);
  }

  private word(path: Path, given: unknown): string {
    if (typeof given !== "string" || given === "") this.fail(path, "must be a text");
    return given;
  }

  private oneOf<T extends string>(path: Path, given: unknown, words: readonly T[]): T {
    const word = words.find((one) => one === given);
    if (word === undefined) this.fail(path, `must be one of ${words.join(", ")}`);
    return word;
  }

  private moment(path: Path, given: unknown): number {
    const time = typeof given === "string" ? Date.parse(given) : Number.NaN;
    if (!(time >= 0)) this.fail(path, "must be a time such as 2026-03-02T00:00:00Z");
    return time;
  }

  /** `2d4h`, `90s`: milliseconds. */
  private span(path: Path, given: unknown, low: number): number {
    const text = typeof given === "string" ? given : "";
    if (!/^(\d{1,9}(\.\d{1,3})?[smhd])+$/.test(text)) this.fail(path, "must be a duration such as 90s, 10m, 2h or 1d12h");
    let sum = 0;
    for (const [, number, unit] of text.matchAll(/([\d.]+)([smhd])/g)) sum += Number(number) * (units[unit as string] as number);
    if (sum < low || sum > 3660 * DAY) this.fail(path, `must be from ${low / 1000}s to 3660d`);
    return sum;
  }

  private fail(path: Path, problem: string): never {
    let start = 0;
    // The deepest part of the path that the text has.
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? this.document.contents : this.document.getIn(path.slice(0, length), true);
      if ((isScalar(node) || isCollection(node)) && node.range) {
        start = node.range[0];
        break;
      }
    }
    this.failAt(
      start,
      path.map((part, index) => (typeof part === "number" ? `[${part}]` : index > 0 ? `.${part}` : part)).join(""),
      problem,
    );
  }

  private failAt(offset: number, key: string, problem: string): never {
    const { line, col } = this.lines.linePos(offset);
    throw new DetectError("SIMULATION", {
      place: `${this.file}:${line || 1}:${col || 1}:`,
      problem: key === "" ? problem : `${key} ${problem}`,
    });
  }
}
