import { paramNames, type FunctionIR } from "@telltale/scan/analysis";
import type { Values } from "../writer.ts";

/** Details without those whose name is a function, an import or a variable of the whole file: none of them is somebody. */
export function ownNames({ spot, details }: Pick<Values, "spot" | "details">): Values["details"] {
  return details.filter(({ value }) => !/^\$?[A-Za-z_]\w*$/.test(value) || isOwn(value.replace("$", ""), spot.fn));
}

/** Whether a function, or one around it, binds a name: as a parameter, or by giving it a value. */
export function isOwn(name: string, fn: FunctionIR | undefined): boolean {
  for (let at = fn; at !== undefined; at = at.parent) {
    if (paramNames(at).includes(name)) return true;
    if (
      new RegExp(`\\b${name}\\b\\s*(?::?=(?!=)|,[^\\n=]*:?=(?!=))|"?\\b${name}\\b"?\\s*(?:=>|<-)|[=:]>?\\s*${name}\\b\\s*[}\\])|]`).test(
        at.file.text.slice(at.start, at.end),
      )
    )
      return true;
  }
  return false;
}

/** Whether a value is what the function was given as it stands: in a line that is text, it could forge another line. */
export function isParameter(value: string, fn: FunctionIR | undefined): boolean {
  return fn !== undefined && paramNames(fn).includes(value);
}

/** Whether a parameter is a number or an ID of its own type: no text that could forge a line. `pattern`: how it is declared, `$` its name. */
export function isTyped(value: string, fn: FunctionIR | undefined, pattern: string): boolean {
  return fn !== undefined && /^\w+$/.test(value) && new RegExp(pattern.replace("$", () => value)).test(textOf(fn));
}

/** Details without paths that begin at a name of the function and that no code of it reads: nobody knows whether they exist. */
export function onlyRead({ spot, details }: Pick<Values, "spot" | "details">): Values["details"] {
  return details.filter(({ value }) => {
    const root = /^([A-Za-z_]\w*)\??\./.exec(value)?.[1];
    const home = root === undefined ? undefined : homeOf(root, spot.fn);
    return home === undefined || new RegExp(`\\b${value.replaceAll(/[^\w\s]/g, String.raw`\$&`)}(?!\\w)`).test(textOf(home));
  });
}

const textOf = ({ file, start, end }: FunctionIR): string => file.text.slice(start, end);

/** The innermost function that binds a name. */
function homeOf(name: string, fn: FunctionIR | undefined): FunctionIR | undefined {
  for (let at = fn; at !== undefined; at = at.parent)
    if (paramNames(at).includes(name) || new RegExp(`\\b(?:val|var|let|const|[A-Z][\\w<>?, .]*)\\s+${name}\\b\\s*[=:;]`).test(textOf(at)))
      return at;
  return undefined;
}
