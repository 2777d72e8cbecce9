import type { AssignSite, CallSite, FileView, ProjectFacts } from "../frameworks/framework.ts";
import type { ContainerIR, FileIR, FunctionIR, ImportIR, TypeRef } from "../ir/nodes.ts";
import { declaredType, declaredValue } from "../ir/scope.ts";
import { bodiesOf, walkStmts } from "../ir/walk.ts";

/** A file as framework files read it: its calls and assignments, and what its names stand for. */
export function viewOf(file: FileIR, project: ProjectFacts): FileView {
  const calls: CallSite[] = [];
  const assigns: AssignSite[] = [];
  for (const { body, scope, container } of bodiesOf(file)) {
    walkStmts(body, (expr) => {
      if (expr.kind === "call") calls.push({ call: expr, scope, container });
      else if (expr.kind === "assign" && expr.target.kind === "member") assigns.push({ assign: expr, scope, container });
    });
  }
  for (const container of file.containers) {
    for (const field of container.fields) {
      if (field.value === undefined) continue;
      walkStmts([{ kind: "expr", start: field.start, end: field.end, value: field.value }], (expr) => {
        if (expr.kind === "call") calls.push({ call: expr, scope: null, container });
      });
    }
  }
  calls.sort((a, b) => a.call.start - b.call.start || b.call.end - a.call.end);
  const imports = new Map<string, ImportIR>(file.imports.map((one) => [one.local, one]));
  return {
    file,
    calls,
    assigns,
    project,
    valueOf: (name, scope) => declaredValue(file, scope, name)?.value,
    typeOf: (name, scope) => declaredType(file, scope, name) ?? fieldType(file, scope, name),
    importOf: (name) => imports.get(name),
  };
}

function fieldType(file: FileIR, scope: FunctionIR | null, name: string): TypeRef | undefined {
  const container = scope?.container;
  if (container === undefined || container.file !== file) return undefined;
  const field = container.fields.find((one) => one.name === name);
  return field?.type ?? constructorField(container, name);
}

function constructorField(container: ContainerIR, name: string): TypeRef | undefined {
  const constructor = container.functions.find((fn) => fn.role === "constructor");
  const param = constructor?.params.find((one) => one.field && one.pattern.kind === "bind" && one.pattern.name === name);
  return param?.pattern.kind === "bind" ? param.pattern.type : undefined;
}
