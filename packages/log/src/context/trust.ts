import { isIP } from "node:net";
import { inspect } from "node:util";
import proxyaddr from "proxy-addr";
import { SetupError } from "../errors.ts";
import { remembering } from "./memo.ts";

/**
 * Which proxies are believed, as Express counts: `true` for all, a number of hops, or addresses, CIDR ranges and the names
 * `loopback`, `linklocal`, `uniquelocal`, as a list or between commas. Default: none.
 */
export type TrustOption = boolean | number | string | readonly string[];

/** Whether the node `hop` steps away is believed; the socket's own peer is hop 0, and its address may be unknown. */
export type Trust = (address: string | undefined, hop: number) => boolean;

const RANGES = new Set(["loopback", "linklocal", "uniquelocal"]);

export const trustNobody: Trust = () => false;
const trustAll: Trust = () => true;

/**
 * Reads the option. An unknown peer (a Unix socket, a platform that hides it) is believed by `true` and by hops, never by a list.
 * @throws SetupError BAD_ADDRESS, naming the entry (`trustProxy[1]`), or BAD_OPTION.
 */
export function compileTrust(option: TrustOption | undefined, field = "trustProxy"): Trust {
  if (option === undefined || option === false) return trustNobody;
  if (option === true) return trustAll;
  if (typeof option === "number") return trustHops(option, field);
  if (typeof option === "string") return trustRanges(option.split(","), () => field);
  if (Array.isArray(option)) return trustRanges(option, (index) => `${field}[${index}]`);
  throw new SetupError("BAD_OPTION", { field, problem: "must be true, a number of hops, or a list of addresses" });
}

function trustHops(hops: number, field: string): Trust {
  if (!Number.isSafeInteger(hops) || hops < 0) {
    throw new SetupError("BAD_OPTION", { field, problem: `is ${hops}, which is not a number of hops: a whole number from 0` });
  }
  return hops === 0 ? trustNobody : (_, hop) => hop < hops;
}

function trustRanges(entries: readonly unknown[], place: (index: number) => string): Trust {
  const ranges = entries.map((entry, index) => checked(entry, place(index)));
  if (ranges.length === 0) return trustNobody;
  const compiled = proxyaddr.compile(ranges);
  const isTrusted = remembering((address) => compiled(address, 0));
  return (address) => address !== undefined && isTrusted(address);
}

/** One entry, tried alone, so that the message can name it. */
function checked(entry: unknown, field: string): string {
  const range = typeof entry === "string" ? entry.trim() : "";
  const bad = () => new SetupError("BAD_ADDRESS", { field, given: inspect(entry) });
  if (RANGES.has(range)) return range;
  // proxy-addr also reads `10` (as 0.0.0.10) and `0x7f.1`, which nobody means.
  if (isIP(range.split("/", 1)[0]!) === 0) throw bad();
  try {
    proxyaddr.compile(range);
    return range;
  } catch {
    throw bad();
  }
}
