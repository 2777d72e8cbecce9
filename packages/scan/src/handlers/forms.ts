import type { Found } from "./find.ts";

/** Methods by which a form is sent, or what it asks for is done. */
const SENDS: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Marks the handlers that show the form which another handler of the same path takes. */
export function withForms(found: readonly Found[]): readonly Found[] {
  const taken = new Set(found.filter(({ handler }) => SENDS.has(handler.method ?? "")).map(keyOf));
  return found.map((one) =>
    one.handler.kind === "route" && one.handler.method === "GET" && one.handler.path !== undefined && taken.has(keyOf(one))
      ? { ...one, handler: { ...one.handler, showsForm: true } }
      : one,
  );
}

/** Parameters of one path may be named differently: `/users/:id` and `/users/:user`. */
function keyOf({ handler, framework }: Found): string {
  return `${framework.id} ${(handler.path ?? "").replace(/[:*][^/]+|\{[^}/]*\}|<[^>/]*>|\[[^\]/]*\]/g, ":").replace(/\/$/, "")}`;
}
