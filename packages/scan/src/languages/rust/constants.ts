/** Statuses by the names of their constants, in lower case without `_`. Source: IANA HTTP Status Code Registry; `http::StatusCode`, `rocket::http::Status`. */
const STATUSES: Readonly<Record<string, number>> = {
  ok: 200,
  created: 201,
  accepted: 202,
  nocontent: 204,
  resetcontent: 205,
  partialcontent: 206,
  movedpermanently: 301,
  found: 302,
  seeother: 303,
  notmodified: 304,
  temporaryredirect: 307,
  permanentredirect: 308,
  badrequest: 400,
  unauthorized: 401,
  paymentrequired: 402,
  forbidden: 403,
  notfound: 404,
  methodnotallowed: 405,
  notacceptable: 406,
  requesttimeout: 408,
  conflict: 409,
  gone: 410,
  lengthrequired: 411,
  preconditionfailed: 412,
  payloadtoolarge: 413,
  uritoolong: 414,
  unsupportedmediatype: 415,
  rangenotsatisfiable: 416,
  expectationfailed: 417,
  imateapot: 418,
  misdirectedrequest: 421,
  unprocessableentity: 422,
  locked: 423,
  faileddependency: 424,
  upgraderequired: 426,
  preconditionrequired: 428,
  toomanyrequests: 429,
  unavailableforlegalreasons: 451,
  internalservererror: 500,
  notimplemented: 501,
  badgateway: 502,
  serviceunavailable: 503,
  gatewaytimeout: 504,
};

/** The status of `StatusCode::FORBIDDEN` and `Status::Forbidden`, given the last two names of the path. */
export function statusOf(segments: readonly string[]): number | undefined {
  const type = segments.at(-2);
  if (type !== "StatusCode" && type !== "Status") return undefined;
  const key = segments.at(-1)!.toLowerCase().replaceAll("_", "");
  return Object.hasOwn(STATUSES, key) ? STATUSES[key] : undefined;
}
