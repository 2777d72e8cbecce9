import fc from "fast-check";
import type { Redactor } from "../../contract.ts";
import type { SafeRecord, SecurityRecord } from "../../record.ts";
import type { Carrier } from "./carriers.ts";
import { redactionFailed } from "../text/spans.ts";
import { carrier, textCarrier } from "./carriers.ts";

/** A format to prove: a record as the bytes that are written. */
export interface Output {
  readonly name: string;
  readonly line: (record: SafeRecord) => string;
}

export interface ProofOptions {
  readonly redactor: Redactor;
  readonly outputs: readonly Output[];
  /** Random cases; each is written in every format. */
  readonly cases: number;
  readonly seed?: number;
}

type Place = (record: SecurityRecord, value: unknown) => SecurityRecord;

const anyPlaces: readonly Place[] = [
  (record, value) => ({ ...record, details: { ...record.details, more: value } }),
  (record, value) => ({ ...record, extra: { plan: "pro", more: value } }),
  (record, value) => ({ ...record, extra: value as Record<string, unknown> }),
  (record, value) => ({ ...record, error: value }),
  (record, value) => ({ ...record, actor: { id: value as string } }),
];

const textPlaces: readonly ((record: SecurityRecord, text: string) => SecurityRecord)[] = [
  (record, msg) => ({ ...record, msg }),
  (record, reason) => ({ ...record, reason }),
  (record, user_agent) => ({ ...record, user_agent }),
  (record, name) => ({ ...record, actor: { id: "jane", name, email: name, effective: { id: name } } }),
  (record, id) => ({ ...record, target: { type: "order", id, name: id } }),
  (record, tenant) => ({ ...record, tenant }),
  (record, id) => ({ ...record, request: { id, method: "GET", route: id } }),
  (record, ip) => ({ ...record, source: { ip, peer: ip } }),
];

const plain: SecurityRecord = {
  time: 1732232323000,
  level: "WARN",
  event: "authn_login_fail",
  category: "authn",
  outcome: "failure",
  reason: "bad_password",
  actor: { id: "jane" },
  details: { userid: "jane", retries: 3 },
  service: "shop",
  hostname: "web-1",
  pid: 42,
  writer: "0123456789abcdef",
  seq: 1,
  msg: "Login of jane failed: bad password",
};

const planted: fc.Arbitrary<{ readonly record: SecurityRecord; readonly needles: readonly string[] }> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(carrier, fc.constantFrom(...anyPlaces)).map(([what, place]) => put(what, place)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(textCarrier, fc.constantFrom(...textPlaces))
      .map(([what, place]) => put(what, (record, value) => place(record, value as string))),
  },
);

function put({ value, needles }: Carrier, place: Place): { readonly record: SecurityRecord; readonly needles: readonly string[] } {
  return { record: place(plain, value), needles };
}

/**
 * Plants a secret at a random place of a random record and looks for it in every output.
 * @throws what fast-check throws: the smallest record that leaks, and where.
 */
export function proveRedaction({ redactor, outputs, cases, seed }: ProofOptions): void {
  fc.assert(
    fc.property(planted, ({ record, needles }) => {
      const safe = redactor.record(record);
      // Nothing is found in what was dropped: that would be no proof.
      if (JSON.stringify(safe).includes(redactionFailed)) throw new Error("the redactor failed");
      for (const { name, line } of outputs) {
        const written = line(safe);
        const found = needles.find((needle) => written.includes(needle) || written.includes(JSON.stringify(needle).slice(1, -1)));
        if (found !== undefined) throw new Error(`${name}: ${JSON.stringify(found)} stands in ${written.slice(0, 4000)}`);
      }
    }),
    { numRuns: cases, ...(seed === undefined ? {} : { seed }) },
  );
}
