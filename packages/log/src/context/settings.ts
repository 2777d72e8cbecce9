import { inspect } from "node:util";
import { SetupError } from "../errors.ts";
import type { ForwardingHeader } from "./forwarding.ts";
import { compileTrust, type Trust, type TrustOption } from "./trust.ts";

/** What an application can say about its requests. */
export interface ContextOptions {
  /**
   * Which proxies are believed about the client's address: `true` for all, a number of hops, or a list of addresses, CIDR
   * ranges and the names `loopback`, `linklocal`, `uniquelocal`. Default: none, and the address is that of the socket's peer.
   */
  readonly trustProxy?: TrustOption;
  /** The one header that the trusted proxies write; the other is never read. `forwarded` is RFC 7239. Default: `x-forwarded-for`. */
  readonly addressHeader?: ForwardingHeader;
  /**
   * Headers that may hold the correlation ID, the first fit one wins: `x-correlation-id`, `cf-ray`, `x-amzn-trace-id`, …
   * Default: `["x-request-id"]`.
   */
  readonly requestIdHeaders?: readonly string[];
}

/** The options, read once. */
export interface ContextSettings {
  readonly trust: Trust;
  readonly addressHeader: ForwardingHeader;
  /** Lower case. */
  readonly requestIdHeaders: readonly string[];
}

/** A token of RFC 9110, section 5.6.2. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** @throws SetupError that names the option. */
export function contextSettings(options: ContextOptions = {}): ContextSettings {
  return {
    trust: compileTrust(options.trustProxy),
    addressHeader: addressHeader(options.addressHeader ?? "x-forwarded-for"),
    requestIdHeaders: headerNames(options.requestIdHeaders ?? ["x-request-id"]),
  };
}

function addressHeader(name: unknown): ForwardingHeader {
  if (name === "x-forwarded-for" || name === "forwarded") return name;
  throw new SetupError("BAD_OPTION", { field: "addressHeader", problem: `is ${inspect(name)}, neither "x-forwarded-for" nor "forwarded"` });
}

function headerNames(names: unknown): readonly string[] {
  if (!Array.isArray(names)) {
    throw new SetupError("BAD_OPTION", { field: "requestIdHeaders", problem: "must be a list of header names" });
  }
  return names.map((name: unknown, index) => {
    if (typeof name === "string" && HEADER_NAME.test(name)) return name.toLowerCase();
    throw new SetupError("BAD_OPTION", {
      field: `requestIdHeaders[${index}]`,
      problem: `is ${inspect(name)}, which is not the name of a header`,
    });
  });
}
