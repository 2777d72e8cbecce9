import type { Source, SourceProvenance } from "../record.ts";
import { addressOf, addressOfNode } from "./address.ts";
import { type ForwardingHeader, nodesOf } from "./forwarding.ts";
import { type Trust, trustNobody } from "./trust.ts";

/**
 * The client's address by the rules of proxy-addr: from the socket's peer outwards, each node is believed about the one
 * before it as long as it is trusted itself. Where a trusted node wrote something that is no address, its own address stands.
 */
export function clientOf(
  peerText: string | undefined,
  header: ForwardingHeader,
  value: string | undefined,
  trust: Trust,
): Source | undefined {
  const peer = addressOf(peerText);
  // The fast path: nobody is trusted, or no proxy wrote anything.
  if (trust === trustNobody || !value) return peer === undefined ? undefined : { ip: peer, via: "peer" };

  let ip = peer;
  let via: SourceProvenance = "peer";
  let hop = 0;
  for (const node of nodesOf[header](value)) {
    if (!trust(ip, hop++)) break;
    const address = addressOfNode(node);
    if (address === undefined) break;
    ip = address;
    via = header;
  }
  if (ip === undefined) return undefined;
  return peer === undefined || peer === ip ? { ip, via } : { ip, peer, via };
}
