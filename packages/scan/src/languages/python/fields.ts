import type { Expr, Field, FunctionIR, Param, Stmt, TypeRef } from "../../ir/nodes.ts";

/** What the constructor stores in `self` is a field, with the type of the parameter or of the class that is created. */
export function assignedFields(params: readonly Param[], body: FunctionIR["body"], fields: Field[]): void {
  const known = new Set(fields.map((field) => field.name));
  for (const stmt of body) {
    const field = fieldOfStmt(stmt, params);
    if (field === undefined || known.has(field.name)) continue;
    known.add(field.name);
    fields.push(field);
  }
}

function fieldOfStmt(stmt: Stmt, params: readonly Param[]): Field | undefined {
  if (stmt.kind !== "expr" || stmt.value.kind !== "assign" || stmt.value.target.kind !== "member") return undefined;
  const { target, value, start, end } = stmt.value;
  if (target.object.kind !== "name" || target.object.name !== "this" || target.property === null) return undefined;
  const type = typeOfValue(value, params);
  return { start, end, name: target.property, value, decorators: [], ...(type && { type }) };
}

function typeOfValue(value: Expr, params: readonly Param[]): TypeRef | undefined {
  if (value.kind === "call" && value.creates) return typeNamed(value.callee);
  if (value.kind === "logical") return typeOfValue(value.left, params) ?? typeOfValue(value.right, params);
  if (value.kind !== "name") return undefined;
  for (const { pattern } of params) if (pattern.kind === "bind" && pattern.name === value.name) return pattern.type;
  return undefined;
}

function typeNamed(expr: Expr): TypeRef | undefined {
  if (expr.kind === "name") return { name: expr.name };
  if (expr.kind !== "member" || expr.property === null) return undefined;
  const object = typeNamed(expr.object);
  return object && { name: `${object.name}.${expr.property}` };
}
