import { splitWords } from "../../actions/words.ts";
import type { CallExpr, Expr, FileIR, FunctionIR, Stmt } from "../../ir/nodes.ts";
import { isAuditName } from "../../loggers/audit-names.ts";
import { namesOf } from "../../loggers/call-view.ts";
import { pathOf } from "../../outcomes/values.ts";
import { boundNames, walkExpr, walkStmts } from "../../ir/walk.ts";
import { callsIn } from "./attempts.ts";
import { listsIn } from "./order.ts";

/**
 * Calls that run a closure as one transaction. Sources: Prisma `$transaction`, Sequelize, Knex, TypeORM, Drizzle and Ecto
 * `transaction`, Mongoose `withTransaction`, MikroORM `transactional`, Spring `TransactionTemplate.execute`, Laravel `DB::transaction`, Exposed.
 */
const TRANSACTIONS =
  /^(?:\$?transaction|transact|transactional|withTransaction|with_transaction|inTransaction|runInTransaction|executeInTransaction|runTransaction|newSuspendedTransaction)$/;
/** Calls that open a transaction for the block below them. */
const OPENS = /(?:^|\.)(?:transaction\.atomic|atomic|session\.begin|begin_nested)$/;
/** Decorators that make of a function one transaction. */
const WRAPS = /^(?:(?:transaction\.)?atomic|Transactional|transactional)$/;
/** What undoes it without throwing. */
const UNDOES = /^(?:rollback|Rollback|rollback!)$/;
/** How rows are written. */
const WRITES = /^(?:create|insert|save|add|record|log|write|store|append|track|persist|insertOne|create_entry|log_action)!?$/i;

/** A row that goes with what is rolled back. */
export interface LostRow {
  readonly file: FileIR;
  readonly fn: FunctionIR;
  readonly row: CallExpr;
  readonly by: Stmt;
}

/** The audit rows of a file that the throw after them takes away. */
export function lostRows(file: FileIR): readonly LostRow[] {
  return [...closures(file), ...wrapped(file), ...opened(file), ...undone(file)];
}

/** `db.transaction(async (tx) => { … })`. */
function closures(file: FileIR): LostRow[] {
  const found: LostRow[] = [];
  for (const outer of [null, ...file.functions]) {
    walkStmts(outer === null ? file.body : outer.body, (expr) => {
      if (expr.kind !== "call" || !TRANSACTIONS.test(namesOf(expr.callee).at(-1) ?? "")) return;
      for (const arg of expr.args) {
        if (arg.kind !== "function") continue;
        const names = arg.fn.params.flatMap(({ pattern }) => boundNames(pattern));
        found.push(...lostIn(arg.fn.body, arg.fn, file, (call) => names.length === 0 || names.some((name) => mentionsName(call, name))));
      }
    });
  }
  return found;
}

/** `@Transactional`: an exception that leaves the function undoes all of it. */
function wrapped(file: FileIR): LostRow[] {
  if (/REQUIRES_NEW|noRollbackFor|NOT_SUPPORTED/.test(file.text)) return [];
  return file.functions
    .filter((fn) => fn.decorators.some(({ name }) => WRAPS.test(name)))
    .flatMap((fn) => lostIn(fn.body, fn, file, () => true));
}

/** `with transaction.atomic():`, and its block. */
function opened(file: FileIR): LostRow[] {
  return file.functions.flatMap((fn) =>
    listsIn(fn.body).flatMap((list) => {
      const at = list.findIndex((stmt) => stmt.kind === "expr" && stmt.value.kind === "call" && OPENS.test(pathOf(stmt.value.callee)));
      if (at < 0) return [];
      const block = list[at + 1];
      return block?.kind === "blockStmt" ? lostIn(block.body, fn, file, () => true) : [];
    }),
  );
}

/** `raise ActiveRecord::Rollback`, which means nothing outside of a transaction. */
function undone(file: FileIR): LostRow[] {
  return file.functions.flatMap((fn) =>
    listsIn(fn.body).flatMap((list) => {
      const by = list.findIndex((stmt) => stmt.kind === "throw" && stmt.value !== null && isRollback(stmt.value));
      return by < 0 ? [] : rowsOf(list.slice(0, by), () => true).map((row) => ({ file, fn, row, by: list[by]! }));
    }),
  );
}

const isRollback = (expr: Expr): boolean => expr.kind === "call" && namesOf(expr.callee).join(".") === "ActiveRecord.Rollback";

function lostIn(body: readonly Stmt[], fn: FunctionIR, file: FileIR, isWithin: (call: CallExpr) => boolean): LostRow[] {
  return listsIn(body).flatMap((list) => {
    const by = list.findIndex(
      (stmt) =>
        stmt.kind === "throw" || (isReturnOrExpr(stmt) && callsIn([stmt]).some((call) => UNDOES.test(namesOf(call.callee).at(-1) ?? ""))),
    );
    return by < 0 || isInTry(body, list[by]!) ? [] : rowsOf(list.slice(0, by), isWithin).map((row) => ({ file, fn, row, by: list[by]! }));
  });
}

const isReturnOrExpr = (stmt: Stmt): boolean => stmt.kind === "return" || stmt.kind === "expr";

/** Whether a catch inside the transaction takes what is thrown. */
function isInTry(body: readonly Stmt[], thrown: Stmt): boolean {
  return body.some((stmt) => {
    if (stmt.start > thrown.start || stmt.end < thrown.end) return false;
    if (stmt.kind === "try")
      return (
        stmt.body.some((one) => one.start <= thrown.start && thrown.end <= one.end) ||
        isInTry([...stmt.catches.flatMap((clause) => clause.body)], thrown)
      );
    if (stmt.kind === "if") return isInTry([...stmt.then, ...stmt.otherwise], thrown);
    if (stmt.kind === "match")
      return isInTry(
        stmt.arms.flatMap((arm) => arm.body),
        thrown,
      );
    return stmt.kind === "loop" || stmt.kind === "blockStmt" ? isInTry(stmt.body, thrown) : false;
  });
}

/** The audit rows that statements of one list write. */
function rowsOf(list: readonly Stmt[], isWithin: (call: CallExpr) => boolean): readonly CallExpr[] {
  return list
    .filter((stmt) => stmt.kind === "expr")
    .flatMap((stmt) => callsIn([stmt]).slice(0, 3))
    .filter((call) => isAuditRow(call) && isWithin(call));
}

function isAuditRow(call: CallExpr): boolean {
  const path = pathOf(call.callee);
  const written = [path, ...call.args.flatMap((arg) => (arg.kind === "call" && arg.creates === true ? [pathOf(arg.callee)] : []))];
  return WRITES.test(path.slice(path.lastIndexOf(".") + 1)) && !/logger/i.test(path) && written.some((one) => isAuditName(splitWords(one)));
}

function mentionsName(call: CallExpr, name: string): boolean {
  let is = false;
  walkExpr(call, (expr) => {
    if (expr.kind === "name" && expr.name === name) is = true;
  });
  return is;
}
