import { isIP, SocketAddress } from "node:net";
import { remembering } from "./memo.ts";

/** `::ffff:1.2.3.4`: an IPv4 address as a socket of both families shows it. */
const MAPPED = "::ffff:";

/**
 * An IP address in its one spelling: IPv4 also where it was mapped into IPv6, IPv6 as RFC 5952 writes it, without a zone.
 * `undefined` for whatever is no address.
 */
export function addressOf(text: string | undefined): string | undefined {
  // The longest spelling has 45 characters; a zone may follow.
  if (typeof text !== "string" || text.length > 100) return undefined;
  return canonical(text) || undefined;
}

/** `""` for what is no address. */
const canonical = remembering((text) => {
  const family = isIP(text);
  if (family === 4) return text;
  if (family === 0) return "";
  const zone = text.indexOf("%");
  const { address } = new SocketAddress({ family: "ipv6", address: zone === -1 ? text : text.slice(0, zone) });
  const mapped = address.startsWith(MAPPED) ? address.slice(MAPPED.length) : "";
  return isIP(mapped) === 4 ? mapped : address;
});

/** The address in a node of a forwarding header, which may carry a port: `1.2.3.4:80`, `[::1]:80`, `[::1]`, `::1`. */
export function addressOfNode(node: string): string | undefined {
  if (node.startsWith("[")) {
    const end = node.indexOf("]");
    return end > 0 && PORT.test(node.slice(end + 1)) ? addressOf(node.slice(1, end)) : undefined;
  }
  const colon = node.indexOf(":");
  const ipv4WithPort = colon > 0 && colon === node.lastIndexOf(":") && PORT.test(node.slice(colon));
  return addressOf(ipv4WithPort ? node.slice(0, colon) : node);
}
const PORT = /^(?::\d{1,5})?$/;
