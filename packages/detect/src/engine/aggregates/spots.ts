import type { Locate } from "../../contract.ts";
import type { Interner } from "../state/interner.ts";
import type { Spot } from "./travel.ts";

/** Addresses whose places are kept; looking one up in a database costs microseconds. */
const remembered = 65_536;

/** Finds places of addresses by the number of their text. */
export function spotFinder(interner: Interner, locate: Locate): (value: number) => Spot | undefined {
  const known = new Map<string, Spot | undefined>();
  return (value) => {
    const address = interner.text(value);
    if (address === null) return undefined;
    if (known.has(address)) return known.get(address);
    const { latitude, longitude } = locate(address) ?? {};
    const spot = latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
    if (known.size >= remembered) known.clear();
    known.set(address, spot);
    return spot;
  };
}
