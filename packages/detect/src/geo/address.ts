import { BlockList, isIP } from "node:net";

/** Addresses that lie nowhere: private, of this host, of this link, shared by a carrier, for examples, for groups. RFC 6890. */
const nowhere = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  nowhere.addSubnet(network, bits, "ipv4");
}
for (const [network, bits] of [
  ["::", 127],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  nowhere.addSubnet(network, bits, "ipv6");
}

/** An address that may lie somewhere. */
export interface PublicAddress {
  readonly ip: string;
  readonly family: 4 | 6;
}

/** An IPv4 address on an IPv6 socket counts as IPv4; undefined for what is no address or lies nowhere. */
export function publicAddress(text: string): PublicAddress | undefined {
  const ip = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(text)?.[1] ?? text;
  const family = isIP(ip);
  if ((family !== 4 && family !== 6) || ip.includes("%")) return undefined;
  return nowhere.check(ip, family === 4 ? "ipv4" : "ipv6") ? undefined : { ip, family };
}
