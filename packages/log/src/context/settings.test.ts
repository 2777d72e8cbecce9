import { describe, expect, it } from "vitest";
import { SetupError } from "../errors.ts";
import { contextSettings } from "./settings.ts";
import { compileTrust } from "./trust.ts";

function errorOf(fn: () => unknown): SetupError {
  try {
    fn();
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("trustProxy", () => {
  it.each([
    [["loopback", "10.0.0.0/33"], "trustProxy[1]", "'10.0.0.0/33'"],
    [["10.0.0.0/8", "loopback", "proxy.internal"], "trustProxy[2]", "'proxy.internal'"],
    [["10"], "trustProxy[0]", "'10'"],
    [["1.2.3.4/0"], "trustProxy[0]", "'1.2.3.4/0'"],
    [["10.0.0.0/255.0.255.0"], "trustProxy[0]", "'10.0.0.0/255.0.255.0'"],
    [["::1", 7], "trustProxy[1]", "7"],
    [[""], "trustProxy[0]", "''"],
    ["loopback, nonsense", "trustProxy", "' nonsense'"],
  ])("%j is refused, naming %s", (option, field, given) => {
    const error = errorOf(() => compileTrust(option as string[]));
    expect(error).toMatchObject({ code: "TELLTALE_BAD_ADDRESS", field });
    expect(error.message).toContain(`${field}: ${given} is not an IP address`);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, {}, null, () => true])("%s is refused", (option) => {
    expect(errorOf(() => compileTrust(option as never))).toMatchObject({ code: "TELLTALE_BAD_OPTION", field: "trustProxy" });
  });

  it("takes what Express takes", () => {
    const trust = compileTrust("loopback, 10.0.0.0/255.0.0.0, fd00::/8");
    expect(["127.0.0.1", "::1", "10.2.3.4", "fd12::1", "11.0.0.1", "nonsense", undefined].map((address) => trust(address, 0))).toEqual([
      ...[true, true, true, true, false, false, false],
    ]);
    expect(compileTrust("linklocal")("169.254.1.1", 0)).toBe(true);
  });
});

describe("the other options", () => {
  it("are checked at start", () => {
    expect(errorOf(() => contextSettings({ requestIdHeaders: ["x-request-id", "x id"] }))).toMatchObject({ field: "requestIdHeaders[1]" });
    expect(errorOf(() => contextSettings({ requestIdHeaders: "x-request-id" as never }))).toMatchObject({ field: "requestIdHeaders" });
    expect(errorOf(() => contextSettings({ addressHeader: "x-real-ip" as never }))).toMatchObject({ field: "addressHeader" });
  });

  it("name headers in any case", () => {
    expect(contextSettings({ requestIdHeaders: ["CF-Ray"] }).requestIdHeaders).toEqual(["cf-ray"]);
  });
});
