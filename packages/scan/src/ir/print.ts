import type {
  ContainerIR,
  Decorator,
  Expr,
  Field,
  FileIR,
  FunctionIR,
  ImportIR,
  Literal,
  Param,
  Pattern,
  RecordEntry,
  Stmt,
  TypeRef,
} from "./nodes.ts";

/** How names and symbols are written. */
export interface Spelling {
  readonly name: (name: string) => string;
  /** An atom or symbol. */
  readonly symbol: (value: Literal) => string;
}

const AS_WRITTEN: Spelling = { name: (name) => name, symbol: (value) => `:${String(value)}` };

/**
 * The IR as text to read and compare: statements a line, two spaces a level, no offsets. A statement after an `if` whose
 * first branch always ends stands outside of it, whether it was written in an `else` or not. Nested blocks are joined.
 */
export function printer(spelling: Spelling = AS_WRITTEN) {
  const { name: spell } = spelling;

  function literal(value: Literal, symbol: boolean | undefined): string {
    return symbol ? spelling.symbol(value) : JSON.stringify(value);
  }

  function expr(node: Expr): string {
    switch (node.kind) {
      case "name":
        return spell(node.name);
      case "member":
        return `${expr(node.object)}${node.optional ? "?" : ""}${node.property === null ? `[${node.index ? expr(node.index) : "…"}]` : `.${spell(node.property)}`}`;
      case "literal":
        return literal(node.value, node.symbol);
      case "template":
        return `\`${node.parts.map((part) => (typeof part === "string" ? part : `\${${expr(part)}}`)).join("")}\``;
      case "call":
        return `${node.creates ? "new " : ""}${expr(node.callee)}${node.optional ? "?" : ""}(${node.args.map(expr).join(", ")})`;
      case "function":
        return `fn${fn(node.fn)}`;
      case "record":
        return `{${[...(node.base ? [`${expr(node.base)} |`] : []), ...node.entries.map(entry)].join(", ")}}`;
      case "list":
        return node.tuple ? `(${node.items.map(expr).join(", ")})` : `[${node.items.map(expr).join(", ")}]`;
      case "choice":
        return `(${expr(node.test)} ? ${expr(node.then)} : ${expr(node.otherwise)})`;
      case "logical":
        return `(${expr(node.left)} ${node.op} ${expr(node.right)})`;
      case "not":
        return `not ${expr(node.value)}`;
      case "binary":
        return `(${expr(node.left)} ${node.op} ${expr(node.right)})`;
      case "assign":
        return `${node.target.kind === "member" ? expr(node.target) : pattern(node.target)} ${node.update ? "+=" : "="} ${expr(node.value)}`;
      case "await":
        return `await ${expr(node.value)}`;
      case "block":
        return `do ${block(node.body)}`;
      case "spread":
        return `...${expr(node.value)}`;
      case "container":
        return container(node.container);
      case "opaque":
        return `opaque(${node.parts.map(expr).join(", ")})`;
    }
  }

  function entry({ key, value, spread }: RecordEntry): string {
    return spread ? `...${expr(value)}` : `${key === null ? "[…]" : spell(key)}: ${expr(value)}`;
  }

  function pattern(node: Pattern): string {
    switch (node.kind) {
      case "bind":
        return `${node.rest ? "..." : ""}${spell(node.name)}${typed(node.type)}${node.also ? ` & ${pattern(node.also)}` : ""}${initial(node.default)}`;
      case "recordPattern": {
        const entries = node.entries.map(({ key, pattern: inner }) => (key === null ? pattern(inner) : `${spell(key)}: ${pattern(inner)}`));
        return `{${entries.join(", ")}}${typed(node.type)}${initial(node.default)}`;
      }
      case "listPattern": {
        const items = node.items.map(pattern).join(", ");
        return `${node.tuple ? `(${items})` : `[${items}]`}${initial(node.default)}`;
      }
      case "literalPattern":
        return literal(node.value, node.symbol);
      case "anyPattern":
        return "_";
      case "equalsPattern":
        return `^${expr(node.value)}`;
    }
  }

  function initial(value: Expr | undefined): string {
    return value === undefined ? "" : ` = ${expr(value)}`;
  }

  function typed(type: TypeRef | undefined): string {
    return type === undefined ? "" : `: ${typeRef(type)}`;
  }

  function typeRef({ name, args }: TypeRef): string {
    return args && args.length > 0 ? `${name}<${args.map(typeRef).join(", ")}>` : name;
  }

  function stmt(node: Stmt): readonly string[] {
    switch (node.kind) {
      case "expr":
        return [expr(node.value)];
      case "let":
        return [`let ${pattern(node.target)}${initial(node.value ?? undefined)}`];
      case "if": {
        const test = `if ${expr(node.test)} ${block(node.then)}`;
        if (node.otherwise.length === 0) return [test];
        return always(node.then) ? [test, ...stmts(node.otherwise)] : [`${test} else ${block(node.otherwise)}`];
      }
      case "match": {
        const arms = node.arms.map(({ patterns, guard, body }) => {
          const head = patterns.length === 0 ? "_" : patterns.map(pattern).join(" | ");
          return `${head}${guard ? ` when ${expr(guard)}` : ""} => ${block(body)}`;
        });
        return [`match${node.exhaustive ? "" : " maybe"} ${expr(node.subject)} ${braced(arms)}`];
      }
      case "loop":
        return [`loop ${loopHead(node)}${block(node.body)}`];
      case "try":
        return [tried(node)];
      case "return":
      case "throw":
        return [node.value === null ? node.kind : `${node.kind} ${expr(node.value)}`];
      case "yield":
        return [`yield ${expr(node.value)}`];
      case "blockStmt":
        return stmts(node.body);
      case "jump":
        return ["jump"];
    }
  }

  function loopHead(node: Extract<Stmt, { kind: "loop" }>): string {
    const over = node.over === null ? "" : `${node.target ? `${pattern(node.target)} in ` : ""}${expr(node.over)} `;
    return `${node.atLeastOnce ? "once " : ""}${over}${node.test ? `while ${expr(node.test)} ` : ""}`;
  }

  function tried(node: Extract<Stmt, { kind: "try" }>): string {
    const catches = node.catches.map(({ param, types, body }) => {
      const head = [...types, ...(param ? [pattern(param)] : [])].join(" ");
      return ` catch ${head === "" ? "" : `${head} `}${block(body)}`;
    });
    const otherwise = node.otherwise ? ` else ${block(node.otherwise)}` : "";
    return `try ${block(node.body)}${catches.join("")}${otherwise}${node.finally ? ` finally ${block(node.finally)}` : ""}`;
  }

  function stmts(body: readonly Stmt[]): readonly string[] {
    return body.flatMap(stmt);
  }

  function block(body: readonly Stmt[]): string {
    return braced(stmts(body));
  }

  /** Parameters, guard and body; a name goes before it. */
  function fn(node: FunctionIR): string {
    const guard = node.guard ? ` when ${expr(node.guard)}` : "";
    const directives = (node.directives ?? []).map((directive) => JSON.stringify(directive));
    return `(${node.params.map(param).join(", ")})${typed(node.returns)}${guard} ${braced([...directives, ...stmts(node.body)])}`;
  }

  function param(node: Param): string {
    return `${decorators(node.decorators)}${node.field ? "field " : ""}${pattern(node.pattern)}`;
  }

  function decorators(nodes: readonly Decorator[]): string {
    return nodes.map(({ name, args }) => `@${spell(name)}(${args.map(expr).join(", ")}) `).join("");
  }

  function method(node: FunctionIR): string {
    const words = [
      node.isStatic ? "static " : "",
      node.isPrivate ? "private " : "",
      node.role && node.role !== "constructor" ? `${node.role} ` : "",
    ];
    return `${decorators(node.decorators)}${words.join("")}${node.role === "constructor" ? "constructor" : spell(node.name)}${fn(node)}`;
  }

  function field(node: Field): string {
    return `${decorators(node.decorators)}${node.isStatic ? "static " : ""}field ${spell(node.name)}${typed(node.type)}${initial(node.value)}`;
  }

  function container(node: ContainerIR): string {
    const parents = node.extends.length > 0 ? ` extends ${node.extends.map(typeRef).join(", ")}` : "";
    const mixins = node.mixins.map((mixin) => `use ${mixin.name}(${mixin.args.map(expr).join(", ")})`);
    const lines = [...node.imports.map(imported), ...mixins, ...node.fields.map(field), ...node.functions.map(method), ...stmts(node.body)];
    return `${decorators(node.decorators)}${node.sort} ${node.name}${parents} ${braced(lines)}`;
  }

  /** The whole file: directives, imports, exports, top level. Interfaces stand in no body and come after the exports. */
  function file(node: FileIR): string {
    const exports = node.exports.map(({ exported, local, value, source }) => {
      const what = local ?? (value ? expr(value) : "");
      return `export ${exported} = ${what}${source === undefined ? "" : ` of ${JSON.stringify(source)}`}`;
    });
    const interfaces = node.containers.filter(({ sort }) => sort === "interface").map(container);
    const directives = node.directives.map((directive) => JSON.stringify(directive));
    return lines([...directives, ...node.imports.map(imported), ...exports, ...interfaces, ...stmts(node.body)]);
  }

  function imported({ local, imported: what, source, typeOnly }: ImportIR): string {
    return `import ${typeOnly ? "type " : ""}${local} = ${what} of ${JSON.stringify(source)}`;
  }

  return { expr, stmts: (body: readonly Stmt[]) => lines(stmts(body)), method, container, imported, file };
}

/** No way leads past these statements. */
function always(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  if (last === undefined) return false;
  if (last.kind === "if") return always(last.then) && always(last.otherwise);
  if (last.kind === "blockStmt") return always(last.body);
  return last.kind === "return" || last.kind === "throw" || last.kind === "jump" || last.kind === "yield";
}

function braced(inner: readonly string[]): string {
  return inner.length === 0 ? "{}" : `{\n${inner.map((line) => line.replace(/^/gm, "  ")).join("\n")}\n}`;
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}

const asWritten = printer();

/** A file as text, names as they are written. */
export function printFile(file: FileIR): string {
  return asWritten.file(file);
}

export function printExpr(expr: Expr): string {
  return asWritten.expr(expr);
}

export function printFunction(fn: FunctionIR): string {
  return `${asWritten.method(fn)}\n`;
}
