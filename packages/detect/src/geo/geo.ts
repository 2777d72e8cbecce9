import { Reader } from "mmdb-lib";
import type { Response } from "mmdb-lib";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Locate, Place } from "../contract.ts";
import { DetectError } from "../errors.ts";
import { publicAddress } from "./address.ts";
import { geoPackages } from "./packages.ts";

export interface Geo {
  readonly locate: Locate;
  /** Lets go of the databases; afterwards no address lies anywhere. */
  close(): void;
  /** Files that are asked, for people. */
  readonly files: readonly string[];
}

/** Addresses whose place is remembered: some 10 MB at most. */
const REMEMBERED = 50_000;

/**
 * Opens databases of addresses in MaxMind's format, of cities or of countries. They are read into memory (a database of cities is 60 MB
 * for IPv4 and 70 MB for IPv6).
 *
 * @param from A file, a folder with `*.mmdb` files, or `auto`: the first installed of the packages in packages.ts, seen from this package
 *   or from the working directory. Throws a DetectError where there is none, or what is there is no such database.
 */
export function openGeo(from: string): Geo {
  const files = from === "auto" ? packageFiles() : filesAt(from);
  const readers = files.map(open);
  let asked = byFamily(readers);
  const places = new Map<string, Place | undefined>();
  return {
    files,
    locate(text) {
      const known = places.get(text);
      if (known !== undefined || places.has(text)) {
        // The oldest entry of a Map is its first: what was used goes to the end.
        places.delete(text);
        places.set(text, known);
        return known;
      }
      const place = look(asked, text);
      places.set(text, place);
      if (places.size > REMEMBERED) places.delete(places.keys().next().value as string);
      return place;
    },
    close() {
      asked = { 4: [], 6: [] };
      places.clear();
    },
  };
}

type Readers = Readonly<Record<4 | 6, readonly Reader<Response>[]>>;

/** A database of IPv4 gives nonsense for IPv6; one of IPv6 may hold IPv4 as well, and comes second there. */
function byFamily(readers: readonly Reader<Response>[]): Readers {
  const only4 = readers.filter(({ metadata }) => metadata.ipVersion === 4);
  const both = readers.filter(({ metadata }) => metadata.ipVersion !== 4);
  return { 4: [...only4, ...both], 6: both };
}

function look(readers: Readers, text: string): Place | undefined {
  const address = publicAddress(text);
  if (address === undefined) return undefined;
  for (const reader of readers[address.family]) {
    try {
      const place = placeOf(reader.get(address.ip));
      if (place !== undefined) return place;
    } catch {
      // A damaged part of the database: the address is as good as unknown.
    }
  }
  return undefined;
}

/** MaxMind nests (`location.latitude`, `country.iso_code`); ip-location-db's files are flat. */
function placeOf(found: unknown): Place | undefined {
  if (!isRecord(found)) return undefined;
  const location = isRecord(found["location"]) ? found["location"] : found;
  const country = countryOf(found);
  const { latitude, longitude } = location;
  if (isDegrees(latitude, 90) && isDegrees(longitude, 180)) return { latitude, longitude, ...(country === undefined ? {} : { country }) };
  return country === undefined ? undefined : { country };
}

function countryOf(found: Readonly<Record<string, unknown>>): string | undefined {
  const nested = [found["country"], found["registered_country"]].map((one) => (isRecord(one) ? one["iso_code"] : one));
  const code = [...nested, found["country_code"]].find((one) => typeof one === "string" && /^[A-Za-z]{2}$/.test(one));
  return typeof code === "string" ? code.toUpperCase() : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isDegrees(value: unknown, most: number): value is number {
  return typeof value === "number" && Math.abs(value) <= most;
}

function open(file: string): Reader<Response> {
  try {
    return new Reader<Response>(readFileSync(file));
  } catch (cause) {
    throw failed(file, cause);
  }
}

function filesAt(path: string): readonly string[] {
  let files: readonly string[];
  try {
    files = statSync(path).isDirectory() ? databasesIn(path) : [path];
  } catch (cause) {
    throw failed(path, cause);
  }
  if (files.length === 0) throw new DetectError("GEO", { place: path, problem: "the folder holds no file that ends in .mmdb" });
  return files;
}

function databasesIn(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".mmdb"));
  return names.sort().map((name) => join(folder, name));
}

/** The databases of the first package that is installed. */
function packageFiles(): readonly string[] {
  const requires = [createRequire(import.meta.url), createRequire(pathToFileURL(join(process.cwd(), "package.json")))];
  for (const name of geoPackages) {
    for (const require of requires) {
      const files = filesOfPackage(require, name);
      if (files.length > 0) return files;
    }
  }
  throw new DetectError("GEO", { place: "auto", problem: `none of its packages is installed; try npm install ${geoPackages[0]}` });
}

function filesOfPackage(require: NodeJS.Require, name: string): readonly string[] {
  try {
    return databasesIn(dirname(require.resolve(`${name}/package.json`)));
  } catch {
    return [];
  }
}

function failed(place: string, cause: unknown): DetectError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const problem =
    code === "ENOENT" ? "there is no such file" : code === undefined ? "it is not in MaxMind's format" : `it cannot be read (${code})`;
  return new DetectError("GEO", { place, problem });
}
