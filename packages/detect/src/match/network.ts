import type { TextTest } from "./text.ts";

/** An address as four words of 32 bits; an IPv4 address is its IPv4-mapped form (`::ffff:192.0.2.1`). */
type Words = readonly [number, number, number, number];

const mapped = 0xffff;

/** Whether an address lies in a range in CIDR notation (IPv4, IPv6, IPv4-mapped); a bare address is a range of one. */
export function networkTest(range: string): TextTest {
  const [address = "", prefix] = range.split("/");
  const network = parseAddress(address);
  if (network === undefined) return () => false;
  const v4 = !address.includes(":");
  const bits = prefix === undefined ? 128 : Number(prefix) + (v4 ? 96 : 0);
  // All of IPv4 lies in ::/0 when it is written as addresses of IPv6; a rule for IPv6 means those that are written so.
  const v6Only = !v4 && bits < 96;
  const masks = [0, 32, 64, 96].map((from) => mask(bits - from)) as unknown as Words;
  const [a, b, c, d] = network.map((word, index) => (word & masks[index]!) >>> 0) as unknown as Words;
  return (text) => {
    const words = parseAddress(text);
    if (words === undefined || (v6Only && !text.includes(":"))) return false;
    return (
      (words[0] & masks[0]) >>> 0 === a &&
      (words[1] & masks[1]) >>> 0 === b &&
      (words[2] & masks[2]) >>> 0 === c &&
      (words[3] & masks[3]) >>> 0 === d
    );
  };
}

/** The highest `bits` of 32. */
function mask(bits: number): number {
  if (bits <= 0) return 0;
  return bits >= 32 ? 0xffff_ffff : (0xffff_ffff << (32 - bits)) >>> 0;
}

/** Undefined for what is no address. Zones (`%eth0`) and ports are none. */
function parseAddress(text: string): Words | undefined {
  if (text.length > 45) return undefined;
  if (!text.includes(":")) {
    const v4 = parseV4(text);
    return v4 === undefined ? undefined : [0, 0, mapped, v4];
  }
  return parseV6(text);
}

/** As a number of 32 bits; four decimal numbers without leading zeros. */
function parseV4(text: string): number | undefined {
  let value = 0;
  let byte = -1;
  let dots = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 46) {
      if (byte < 0 || ++dots > 3) return undefined;
      value = value * 256 + byte;
      byte = -1;
    } else if (unit >= 48 && unit <= 57 && byte !== 0) {
      byte = Math.max(byte, 0) * 10 + unit - 48;
      if (byte > 255) return undefined;
    } else return undefined;
  }
  return dots === 3 && byte >= 0 ? value * 256 + byte : undefined;
}

function parseV6(text: string): Words | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = groups(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? groups(halves[1]!, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const zeros = 8 - head.length - tail.length;
  if (halves.length === 1 ? zeros !== 0 : zeros < 1) return undefined;
  const all = [...head, ...Array.from({ length: zeros }, () => 0), ...tail];
  return [0, 2, 4, 6].map((index) => ((all[index]! << 16) | all[index + 1]!) >>> 0) as unknown as Words;
}

/** Groups of 16 bits; the last two may be written as an IPv4 address where `atEnd`. */
function groups(text: string, atEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const written = text.split(":");
  if (written.length > 8) return undefined;
  const result: number[] = [];
  for (const [index, group] of written.entries()) {
    if (atEnd && index === written.length - 1 && group.includes(".")) {
      const v4 = parseV4(group);
      if (v4 === undefined) return undefined;
      result.push(v4 >>> 16, v4 & 0xffff);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
      result.push(Number.parseInt(group, 16));
    }
  }
  return result;
}
