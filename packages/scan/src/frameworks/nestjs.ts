import type { CallExpr, ContainerIR, Decorator, Expr, FunctionIR } from "../ir/nodes.ts";
import {
  decoratorHints,
  decoratorIn,
  extendsOne,
  givenTo,
  methodName,
  methodsOf,
  nameOfDecorator,
  textOf,
  wholeOf,
} from "./classes/decorated.ts";
import { resolverMethods } from "./classes/resolvers.ts";
import type { End, FileView, Framework, HandlerFound, HandlerKind } from "./framework.ts";
import { answerOf, statusAssigned } from "./http/answers.ts";
import { httpErrorOf } from "./http/errors.ts";
import { holdsTokenStrategies } from "./http/token-strategies.ts";
import { dotted, endByStatus, entryOf, joinPaths, pathTextOf, SAFE_VERBS, stringOf } from "./reading.ts";

/** https://docs.nestjs.com/controllers#resources */
const VERBS: Readonly<Record<string, string>> = {
  Get: "GET",
  Post: "POST",
  Put: "PUT",
  Patch: "PATCH",
  Delete: "DELETE",
  All: "ALL",
  Sse: "GET",
};
/** https://docs.nestjs.com/microservices/basics, https://docs.nestjs.com/websockets/gateways */
const MESSAGES: ReadonlySet<string> = new Set(["MessagePattern", "EventPattern", "SubscribeMessage"]);
const GRPC: ReadonlySet<string> = new Set(["GrpcMethod", "GrpcStreamMethod", "GrpcStreamCall"]);
const VERB_NAMES: ReadonlySet<string> = new Set(Object.keys(VERBS));
const CONTROLLERS: ReadonlySet<string> = new Set(["Controller"]);
const CATCHERS: ReadonlySet<string> = new Set(["Catch"]);
/** Filters answer what is thrown; they are told apart by `@Catch`, not by the route. */
const THROUGH: ReadonlySet<string> = new Set(["UseGuards", "UseInterceptors", "UseFilters"]);

const KNOWN: ReadonlySet<string> = new Set([...VERB_NAMES, ...MESSAGES, ...GRPC, ...CONTROLLERS, ...THROUGH, "Version"]);

/** Methods by which a class takes part in a request, and what shows that it is such a class. */
const PARTS: readonly { method: string; kind: HandlerKind; of: (container: ContainerIR) => boolean; raises?: string }[] = [
  // https://docs.nestjs.com/guards: a guard that gives false makes the framework throw ForbiddenException.
  { method: "canActivate", kind: "gate", of: () => true, raises: "ForbiddenException" },
  { method: "handleRequest", kind: "gate", of: (container) => extendsOne(container, /AuthGuard/) },
  { method: "use", kind: "gate", of: (container) => extendsOne(container, /^NestMiddleware$/) },
  { method: "validate", kind: "callback", of: (container) => extendsOne(container, /^PassportStrategy$/) },
  { method: "authenticate", kind: "callback", of: (container) => extendsOne(container, /^PassportStrategy$/) },
  { method: "catch", kind: "errors", of: (container) => decoratorIn(container.decorators, CATCHERS) !== undefined },
  { method: "catch", kind: "errors", of: (container) => extendsOne(container, /ExceptionFilter$/) },
];

export const nestjs: Framework = {
  id: "nestjs",
  title: "NestJS",
  docs: "https://docs.nestjs.com/controllers",
  languages: ["javascript"],
  enabledBy: { npm: [/^@nestjs\//] },
  mayHold:
    /@(?:\w+\.)?(?:Get|Post|Put|Patch|Delete|All|Sse|Mutation|Query|Subscription|Resolve\w+|Catch|MessagePattern|EventPattern|SubscribeMessage|Grpc\w+)\b|PassportStrategy|canActivate|NestMiddleware|AuthGuard|ExceptionFilter/,
  handlers: (view) => [
    ...view.file.containers.flatMap((container) => [...routesOf(container, view), ...partsOf(container)]),
    ...resolverMethods(view, /^@nestjs\//, THROUGH),
  ],
  endOfCall: (call) => answerOf(call) ?? adapterReply(call) ?? httpExceptionOf(call) ?? httpErrorOf(call),
  endOfAssign: statusAssigned,
  // BaseExceptionFilter and ExternalExceptionFilter log every error that is no HttpException.
  logsUnhandled: (status) => status === undefined,
  answersByReturn: true,
  request: {
    ip: "req.ip",
    actor: "req.user",
    requestId: 'req.headers["x-request-id"]',
    userAgent: 'req.headers["user-agent"]',
  },
};

function routesOf(container: ContainerIR, view: FileView): readonly HandlerFound[] {
  return methodsOf(container).flatMap((fn) => fn.decorators.flatMap((one) => routeOf(container, fn, one, view) ?? []));
}

function routeOf(container: ContainerIR, fn: FunctionIR, decorator: Decorator, view: FileView): HandlerFound | undefined {
  const name = nameOfDecorator(decorator);
  if (VERB_NAMES.has(name)) {
    if (view.importOf(decorator.name.split(".")[0] ?? "")?.source.startsWith("@nestjs/") === false) return undefined;
    const method = VERBS[name] ?? "ALL";
    const path = joinPaths(...prefixOf(container, fn, view), pathOf(decorator, view));
    return { ...found(container, fn), method, path, readOnly: SAFE_VERBS.has(method) };
  }
  if (MESSAGES.has(name)) return { ...found(container, fn), method: "event", path: textOf(decorator, "cmd", "type") ?? fn.name };
  if (!GRPC.has(name)) return undefined;
  const path = [textOf(decorator), stringOf(decorator.args[1]) ?? fn.name].filter((part) => part !== undefined).join(".");
  return { ...found(container, fn), method: "event", path };
}

function found(container: ContainerIR, fn: FunctionIR): Omit<HandlerFound, "method" | "path"> {
  return {
    kind: "route",
    name: methodName(container, fn),
    entry: { fn },
    file: fn.file,
    container,
    at: wholeOf(fn),
    through: givenTo(THROUGH, container, fn),
    hints: decoratorHints(container, fn, KNOWN),
  };
}

/** `@Controller({ path: "auth", version: "1" })` → `v1`, `auth`: versions stand in the URI by default. https://docs.nestjs.com/techniques/versioning */
function prefixOf(container: ContainerIR, fn: FunctionIR, view: FileView): readonly (string | undefined)[] {
  const controller = decoratorIn(container.decorators, CONTROLLERS);
  const own = decoratorIn(fn.decorators, new Set(["Version"]));
  const version = (own && textOf(own)) ?? versionOf(controller?.args[0]);
  return [version === undefined ? undefined : `v${version}`, controller && pathOf(controller, view)];
}

function pathOf(decorator: Decorator, view: FileView): string | undefined {
  return textOf(decorator, "path") ?? pathTextOf(entryOf(decorator.args[0], "path") ?? decorator.args[0], view, null);
}

function versionOf(options: Expr | undefined): string | undefined {
  const version = entryOf(options, "version");
  return stringOf(version?.kind === "list" ? version.items[0] : version);
}

function partsOf(container: ContainerIR): readonly HandlerFound[] {
  return methodsOf(container).flatMap((fn): readonly HandlerFound[] => {
    const part = PARTS.find((one) => one.method === fn.name && one.of(container));
    if (part === undefined) return [];
    const everyRequest = part.kind === "callback" && holdsTokenStrategies(fn.file);
    const decides = part.raises === undefined ? {} : { decides: { raises: part.raises } };
    const caught = part.kind === "errors" ? caughtBy(container) : [];
    const catches = caught.length === 0 ? {} : { catches: caught };
    return [
      {
        kind: part.kind,
        name: methodName(container, fn),
        entry: { fn },
        file: fn.file,
        container,
        at: wholeOf(fn),
        ...decides,
        ...(everyRequest ? { everyRequest } : {}),
        ...catches,
      },
    ];
  });
}

/** `@Catch(HttpException, RpcException)`; without arguments, everything. */
function caughtBy(container: ContainerIR): readonly string[] {
  const names = decoratorIn(container.decorators, CATCHERS)?.args.map((arg) => dotted(arg).split(".").at(-1) ?? "") ?? [];
  return names.includes("") ? [] : names;
}

/** `httpAdapter.reply(response, body, 401)` of filters that serve every platform. https://docs.nestjs.com/exception-filters#catch-everything */
function adapterReply(call: CallExpr): End | undefined {
  if (!/[aA]dapter\.reply$/.test(dotted(call.callee))) return undefined;
  return { ...endByStatus(call.args[2]), sent: true, says: call.args.slice(1, 2) };
}

/** `new HttpException(body, HttpStatus.FORBIDDEN)`: the status is the second argument. https://docs.nestjs.com/exception-filters */
function httpExceptionOf(call: CallExpr): End | undefined {
  if (!call.creates || call.callee.kind !== "name" || call.callee.name !== "HttpException") return undefined;
  return httpErrorOf({ ...call, args: call.args.slice(1) });
}
