import type { CallExpr, Expr, FunctionIR } from "../ir/nodes.ts";
import { chainOf, usedBy } from "./builders/chain.ts";
import type { End, FileView, Framework, HandlerFound, HandlerKind } from "./framework.ts";
import { returnedDispatches } from "./http/dispatches.ts";
import { handedOn } from "./http/answers.ts";
import { assignedErrorOf, httpErrorOf, statusOnError } from "./http/errors.ts";
import { isSource, tellingName } from "./modules/file-paths.ts";
import { entryAt, follow, ownExports, type Exported, type Placed } from "./modules/follow.ts";
import { bare, endByStatus, entryOf, isNothing } from "./reading.ts";
import { functionBehind } from "./routers/functions.ts";

/** https://docs.aws.amazon.com/lambda/latest/dg/typescript-handler.html: types of @types/aws-lambda for events that are HTTP requests. */
const HTTP_TYPE =
  /^(?:APIGateway(?:Proxy)?(?:WebsocketEvent|Websocket)?(?:Event|Handler)?\w*|ALB(?:Event|Handler)|LambdaFunctionURL(?:Event|Handler)\w*|ProxyHandler)$/;
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html */
const AUTHORIZER_TYPE = /^APIGateway\w*Authorizer(?:Event|Handler)\w*$/;
/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
const LOGIN_TYPE = /^(?:PreAuthentication|PreSignUp|VerifyAuthChallengeResponse|DefineAuthChallenge)Trigger(?:Event|Handler)\w*$/;
const HANDLER_NAME = /^(?:handler|lambdaHandler|main|\w+Handler)$/;
const EVENT_NAME = /^_?(?:event|evt|e|request)$/;

function handlers(view: FileView): readonly HandlerFound[] {
  if (!isSource(view.file.path)) return [];
  const all = ownExports(view.file).filter((one) => one.name !== "default");
  return all.flatMap((one) => ofExport(view, one, all.length));
}

function ofExport(view: FileView, one: Exported, exports: number): readonly HandlerFound[] {
  const { placed, through } = unwrapped(follow(one, view.project));
  const fn = functionBehind(placed.expr, view, placed.scope);
  if (fn === undefined || placed.file !== view.file) return [];
  const kind = kindOf(view, one, fn);
  if (kind === undefined) return [];
  const name = exports === 1 || /^(?:handler|lambdaHandler|main)$/.test(one.name) ? tellingName(view.file.path) : one.name;
  const route = returnedDispatches(view, fn);
  const whole: HandlerFound = {
    kind,
    name,
    entry: entryAt(placed),
    file: view.file,
    at: one.at,
    ...(kind === "route" ? { statusIn: "statusCode" } : {}),
  };
  const parts = kind === "route" ? route.found.map((part) => ({ ...part, statusIn: "statusCode" })) : [];
  return [...parts, ...(parts.length > 0 && route.all ? [] : [through.length === 0 ? whole : { ...whole, through }])];
}

/** `middy(fn).use(auth())`, `middy().use(auth()).handler(fn)`: https://middy.js.org/docs/intro/getting-started. */
function unwrapped(placed: Placed): { readonly placed: Placed; readonly through: readonly Expr[] } {
  const chain = chainOf(placed.expr);
  const root = bare(chain.root);
  if (root.kind !== "call" || root.callee.kind !== "name" || root.callee.name !== "middy") return { placed, through: [] };
  const last = chain.steps.find((step) => step.name === "handler" || step.name === "lambdaHandler")?.call;
  const expr = last?.args[0] ?? root.args[0];
  return { placed: expr === undefined ? placed : { ...placed, expr }, through: usedBy(chain) };
}

function kindOf(view: FileView, one: Exported, fn: FunctionIR): HandlerKind | undefined {
  const types = [view.typeOf(one.local ?? one.name, null), typeOfFirst(fn)].flatMap((type) =>
    type === undefined ? [] : [type.name, ...(type.args ?? []).map((arg) => arg.name)],
  );
  if (types.some((type) => AUTHORIZER_TYPE.test(last(type)))) return "gate";
  if (types.some((type) => LOGIN_TYPE.test(last(type)))) return "callback";
  if (types.some((type) => HTTP_TYPE.test(last(type)))) return "route";
  if (types.some((type) => /\wEvent\w*$|^(?!Proxy)\w+Handler$/.test(last(type)))) return undefined;
  // Without types: the usual names, and an answer of the shape that API Gateway wants.
  return HANDLER_NAME.test(one.name) && ANSWERS.test(view.file.text) && takesEvent(fn) ? "route" : undefined;
}

/** `()`, `(event)`, `({ body })`, `(event, context, callback)`; not `(req, res)`. */
function takesEvent(fn: FunctionIR): boolean {
  const [first, second] = fn.params.map((param) => param.pattern);
  if (fn.params.length > 3 || (second?.kind === "bind" && !/^_?(?:context|ctx|_)/.test(second.name))) return false;
  return first?.kind !== "bind" || EVENT_NAME.test(first.name);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
const ANSWERS = /\bstatusCode\b|\bpathParameters\b|\bqueryStringParameters\b|\bevent\.body\b/;

function typeOfFirst(fn: FunctionIR): { name: string; args?: readonly { name: string }[] } | undefined {
  const pattern = fn.params[0]?.pattern;
  return pattern?.kind === "bind" ? pattern.type : undefined;
}

function last(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** `callback(null, { statusCode: 401 })`, `callback("Unauthorized")`: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html. */
function calledBack(call: CallExpr): End | undefined {
  const [error, answer] = call.args;
  if (call.callee.kind !== "name" || !/^(?:callback|cb)$/.test(call.callee.name)) return undefined;
  if (!isNothing(error)) return handedOn(call, /./);
  if (answer?.kind !== "record") return answer === undefined ? undefined : { sent: true, says: [answer] };
  return { ...endByStatus(entryOf(answer, "statusCode")), sent: true, says: [answer] };
}

export const awsLambda: Framework = {
  id: "aws-lambda",
  title: "AWS Lambda",
  docs: "https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html",
  languages: ["javascript"],
  enabledBy: {
    npm: [
      "@types/aws-lambda",
      "aws-lambda",
      "@middy/core",
      "middy",
      "serverless",
      "serverless-http",
      "serverless-offline",
      "sst",
      "aws-cdk-lib",
      "aws-sdk",
      /^@aws-sdk\//,
      /^@aws-lambda-powertools\//,
    ],
  },
  mayHold: /[hH]andler\b|\bexport[^\n]*\bmain\b|APIGateway|ALBEvent|LambdaFunctionURL|Trigger(?:Event|Handler)/,
  handlers,
  endOfCall: (call) => calledBack(call) ?? assignedErrorOf(call) ?? httpErrorOf(call),
  endOfAssign: statusOnError,
  // The runtime writes "Invoke Error" with the stack to the log of the function: aws-lambda-nodejs-runtime-interface-client, Errors.js, and
  // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
  logsUnhandled: () => true,
  answersByReturn: true,
  request: {
    ip: 'event.headers["x-forwarded-for"]',
    actor: "event.requestContext.authorizer?.principalId",
    requestId: "event.requestContext.requestId",
    userAgent: 'event.headers["user-agent"]',
  },
};
