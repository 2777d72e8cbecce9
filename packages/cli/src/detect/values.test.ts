import { expect, test } from "vitest";
import { bytesOf, durationOf, listenOf, zoneOf } from "./values.ts";

test("durations and sizes are read by their unit", () => {
  expect(durationOf("--lateness", "90s")).toBe(90_000);
  expect(durationOf("--lateness", "250ms")).toBe(250);
  expect(durationOf("--lateness", "2h")).toBe(7_200_000);
  expect(bytesOf("--budget", "256MB")).toBe(256_000_000);
  expect(bytesOf("--budget", "2gb")).toBe(2_000_000_000);
});

test.each(["", "60", "1.5m", "m", "60 s", "1w"])("%j is no duration, and the message shows one that is", (text) => {
  expect(() => durationOf("--lateness", text)).toThrow(`--lateness takes a number with ms, s, m, h or d, such as 60s, not "${text}"`);
});

test.each(["", "256", "MB", "1TB"])("%j is no size", (text) => {
  expect(() => bytesOf("--budget", text)).toThrow(`--budget takes a number with KB, MB or GB, such as 256MB, not "${text}"`);
});

test("offsets are read as minutes east of UTC", () => {
  expect(["+02:00", "-0530", "utc", "Z"].map((text) => zoneOf("--zone", text))).toEqual([120, -330, 0, 0]);
  expect(zoneOf("--zone", "local") + new Date().getTimezoneOffset()).toBe(0);
});

test.each(["", "2", "+2", "+15:00", "+02:60", "CET"])("%j is no offset", (text) => {
  expect(() => zoneOf("--zone", text)).toThrow(`--zone takes an offset such as +02:00, UTC or local, not "${text}"`);
});

test("addresses to listen on", () => {
  expect(listenOf("http://127.0.0.1:8080")).toEqual({ kind: "http", transport: "tcp", host: "127.0.0.1", port: 8080 });
  expect(listenOf("http:")).toEqual({ kind: "http", transport: "tcp", host: "127.0.0.1", port: 4319 });
  expect(listenOf("syslog+udp://0.0.0.0")).toEqual({ kind: "syslog", transport: "udp", host: "0.0.0.0", port: 5514 });
  expect(listenOf("syslog+tcp://[::1]:601/")).toEqual({ kind: "syslog", transport: "tcp", host: "::1", port: 601 });
});

test.each(["8080", "https://x", "http://a:99999", "syslog://x", "http://a/b"])("%j is none", (text) => {
  expect(() => listenOf(text)).toThrow("--listen takes http://HOST:PORT, syslog+udp://HOST:PORT or syslog+tcp://HOST:PORT");
});
