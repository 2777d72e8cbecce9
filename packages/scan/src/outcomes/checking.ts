import { tellsHumans } from "../actions/checks.ts";
import { carriesFault, countWithError, errorOf, faultOf, severalOf } from "./error-values.ts";
import type { Ready } from "./ready.ts";
import type { Walk } from "./walk.ts";
import { FALSE, REFUSED, isRefusal, NULL, pathOf, TRUTHY, truthOf, UNKNOWN } from "./values.ts";
import type { Flow, Site, Way } from "./way.ts";

/** Calls that ask whether a credential or permission is good, and what is made of their answers. */

export function isCheck(walk: Walk, ready: Ready): boolean {
  return !tellsHumans(ready.scope.file.path) && walk.isCheck(ready.path, namesOfArgs(ready));
}

/** Whether a call belongs to what guards forms (CSRF): the tokens that it makes admit nobody. */
export function guardsForms({ path, target }: Ready): boolean {
  const from =
    target.kind === "closure" ? target.fns[0]?.file.path : target.kind === "unknown" ? `${target.source ?? ""} ${target.path ?? ""}` : "";
  return NOT_A_CREDENTIAL.test(path) || NOT_A_CREDENTIAL.test(from?.slice(from.lastIndexOf("/") + 1) ?? "");
}
const NOT_A_CREDENTIAL = /csrf|xsrf|csurf|antiforgery/i;

export const namesOfArgs = (ready: Ready): string[] => ready.call.args.map(pathOf).filter((name) => name !== "");

/** A call of which nothing is known gives an error or none; a check that failed refuses. */
export function mayFail(walk: Walk, ready: Ready, flows: readonly Flow[], count: number): readonly Flow[] {
  const fault = faultOf(ready.path);
  const check = isCheck(walk, ready);
  return flows.flatMap((flow) => {
    if (flow.value.kind !== "unknown") return [flow];
    if (!check) return [{ way: flow.way, value: severalOf(count, flow.value, fault) }];
    const rejected: Way = { ...flow.way, didSince: 0, rejected: { file: ready.scope.file, span: ready.call } };
    const good: Flow = { way: { ...flow.way, rejected: null }, value: severalOf(count, { ...flow.value, truthy: true }, NULL) };
    if (ready.call.asks !== true) return [good, { way: rejected, value: severalOf(count, NULL, { ...TRUTHY, path: ready.path }) }];
    return [
      good,
      { way: rejected, value: severalOf(count, FALSE, NULL) },
      { way: flow.way, value: severalOf(count, FALSE, { ...fault, truthy: true }) },
    ];
  });
}

/** An opaque check of a credential or permission may say yes or no. */
export function forked(walk: Walk, ready: Ready, flows: readonly Flow[]): readonly Flow[] {
  return isCheck(walk, ready) ? decided(ready, flows) : flows;
}

/** A call that may say yes or no by what it gives. */
export function decided(ready: Ready, flows: readonly Flow[]): readonly Flow[] {
  return flows.flatMap((flow) => {
    const truth = truthOf(flow.value);
    if (truth !== undefined && flow.value.kind !== "unknown") return [flow];
    const rejected: Way = { ...flow.way, didSince: 0, rejected: { file: ready.scope.file, span: ready.call } };
    return [
      { way: { ...flow.way, rejected: null }, value: { ...UNKNOWN, truthy: true, passed: true, path: ready.path } },
      { way: rejected, value: REFUSED },
    ];
  });
}

/** Names of functions that answer a question; what else checks (`loginWithPin`) raises when it is not right. */
const SAYS_YES_OR_NO = /(?:verif|check|compare|match|authenticat)[^.]*$|valid\??$/i;

/** A check that could be followed and gives an error where it refuses. */
function checkedByError(walk: Walk, ready: Ready, flows: readonly Flow[], count: number, site: Site): readonly Flow[] {
  const only = flows.length === 1 ? errorOf(flows[0]!.value, count) : undefined;
  if (only?.kind === "unknown" && only.truthy !== true)
    return mayFail(walk, ready, [{ way: flows[0]!.way, value: { kind: "unknown", path: ready.path, args: ready.args } }], count);
  return flows.map((flow) => {
    const error = errorOf(flow.value, count);
    const truth = truthOf(error);
    const first = count > 1 && flow.value.kind === "list" ? flow.value.items[0] : undefined;
    const refuses = truth === true ? !carriesFault(error) : first?.kind === "literal" && first.value === false;
    if (refuses) return { ...flow, way: flow.way.rejected === null ? { ...flow.way, rejected: site, didSince: 0 } : flow.way };
    return truth === false ? { ...flow, way: { ...flow.way, rejected: null } } : flow;
  });
}

/** After a check that could be followed: what it gave says whether it refused. */
export function checked(walk: Walk, ready: Ready, flows: readonly Flow[]): readonly Flow[] {
  if (!isCheck(walk, ready)) return flows;
  const site: Site = { file: ready.scope.file, span: ready.call };
  const count = countWithError(ready);
  if (count > 0) return checkedByError(walk, ready, flows, count, site);
  if (flows.length === 1 && flows[0]!.value.kind === "unknown" && flows[0]!.value.truthy !== true && SAYS_YES_OR_NO.test(ready.path))
    return forked(walk, ready, flows);
  // A function that gives nothing on any way answers no question, whatever it is called.
  if (flows.every((flow) => flow.value.kind === "literal" && flow.value.value === null && !flow.value.symbol)) return flows;
  return flows.map((flow) => {
    if (isRefusal(flow.value))
      return { ...flow, way: flow.way.rejected === null ? { ...flow.way, rejected: site, didSince: 0 } : flow.way };
    return truthOf(flow.value) === true ? { ...flow, way: { ...flow.way, rejected: null } } : flow;
  });
}
