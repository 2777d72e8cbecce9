import { sourceOf, type Lowering } from "./lowering.ts";

/** Statuses as packages of the web name them: `http.StatusForbidden`, `fiber.StatusForbidden`. Source: IANA HTTP Status Code Registry. */
const STATUSES: Readonly<Record<string, number>> = {
  OK: 200,
  Created: 201,
  Accepted: 202,
  NonAuthoritativeInfo: 203,
  NonAuthoritativeInformation: 203,
  NoContent: 204,
  ResetContent: 205,
  PartialContent: 206,
  MultipleChoices: 300,
  MovedPermanently: 301,
  Found: 302,
  SeeOther: 303,
  NotModified: 304,
  TemporaryRedirect: 307,
  PermanentRedirect: 308,
  BadRequest: 400,
  Unauthorized: 401,
  PaymentRequired: 402,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  ProxyAuthRequired: 407,
  RequestTimeout: 408,
  Conflict: 409,
  Gone: 410,
  LengthRequired: 411,
  PreconditionFailed: 412,
  RequestEntityTooLarge: 413,
  RequestURITooLong: 414,
  UnsupportedMediaType: 415,
  RequestedRangeNotSatisfiable: 416,
  ExpectationFailed: 417,
  Teapot: 418,
  MisdirectedRequest: 421,
  UnprocessableEntity: 422,
  Locked: 423,
  FailedDependency: 424,
  TooEarly: 425,
  UpgradeRequired: 426,
  PreconditionRequired: 428,
  TooManyRequests: 429,
  UnavailableForLegalReasons: 451,
  InternalServerError: 500,
  NotImplemented: 501,
  BadGateway: 502,
  ServiceUnavailable: 503,
  GatewayTimeout: 504,
};

const METHOD = /^Method(Get|Head|Post|Put|Patch|Delete|Connect|Options|Trace)$/;

/** What a constant of an imported package is worth, where its name says so. */
export function constantOf(cx: Lowering, pkg: string, name: string): number | string | undefined {
  if (!name.startsWith("Status") && !name.startsWith("Method")) return undefined;
  if (sourceOf(cx, pkg) === "") return undefined;
  const status = name.slice("Status".length);
  if (name.startsWith("Status") && Object.hasOwn(STATUSES, status)) return STATUSES[status];
  return METHOD.exec(name)?.[1]?.toUpperCase();
}
