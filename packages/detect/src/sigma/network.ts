import { quoted } from "./nearest.ts";

/** What is wrong with an address range in CIDR notation (a bare address is a range of one), to follow a key; undefined where nothing is. */
export function networkProblem(text: string): string | undefined {
  const [address = "", prefix, more] = text.split("/");
  const bits = isV4(address) ? 32 : isV6(address) ? 128 : undefined;
  if (bits === undefined || more !== undefined)
    return `must be a range of addresses such as 10.0.0.0/8 or 2001:db8::/32, not ${quoted(text)}`;
  if (prefix === undefined) return undefined;
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return `must have 0 to ${bits} bits after the slash, not ${quoted(text)}`;
  return undefined;
}

function isV4(address: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1?[1-9]?\d|10\d)(?:\.(?!$)|$)){4}$/.test(address);
}

/** The URL standard has the grammar of IPv6 addresses. */
function isV6(address: string): boolean {
  return /^[\da-fA-F:.]{2,45}$/.test(address) && URL.canParse(`http://[${address}]`);
}
