/**
 * Reason phrases → status, for the constants of libraries and platforms: `StatusCodes.UNAUTHORIZED`, `HttpStatus.Forbidden`,
 * `:not_found`, `createError.NotFound`. Source: IANA HTTP Status Code Registry; Plug.Conn.Status for the atoms.
 */
const STATUSES: Readonly<Record<string, number>> = {
  ok: 200,
  created: 201,
  accepted: 202,
  nocontent: 204,
  resetcontent: 205,
  partialcontent: 206,
  multiplechoices: 300,
  movedpermanently: 301,
  found: 302,
  movedtemporarily: 302,
  seeother: 303,
  notmodified: 304,
  temporaryredirect: 307,
  permanentredirect: 308,
  badrequest: 400,
  unauthorized: 401,
  unauthorised: 401,
  paymentrequired: 402,
  forbidden: 403,
  notfound: 404,
  methodnotallowed: 405,
  notacceptable: 406,
  proxyauthenticationrequired: 407,
  requesttimeout: 408,
  conflict: 409,
  gone: 410,
  lengthrequired: 411,
  preconditionfailed: 412,
  payloadtoolarge: 413,
  requesttoolong: 413,
  requestentitytoolarge: 413,
  uritoolong: 414,
  unsupportedmediatype: 415,
  rangenotsatisfiable: 416,
  expectationfailed: 417,
  imateapot: 418,
  teapot: 418,
  misdirectedrequest: 421,
  misdirected: 421,
  unprocessableentity: 422,
  unprocessablecontent: 422,
  locked: 423,
  faileddependency: 424,
  tooearly: 425,
  upgraderequired: 426,
  preconditionrequired: 428,
  toomanyrequests: 429,
  requestheaderfieldstoolarge: 431,
  unavailableforlegalreasons: 451,
  internalservererror: 500,
  servererror: 500,
  internal: 500,
  badimplementation: 500,
  notimplemented: 501,
  badgateway: 502,
  serviceunavailable: 503,
  serverunavailable: 503,
  gatewaytimeout: 504,
};

/** The status that a constant's name stands for, whatever its spelling: `UNAUTHORIZED`, `NotFound`, `too_many_requests`, `HTTP_401_UNAUTHORIZED`. */
export function statusByName(name: string): number | undefined {
  const key = name
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "")
    .replace(/^(?:httpstatus|status|http|sc)(?=.)/, "");
  return Object.hasOwn(STATUSES, key) ? STATUSES[key] : undefined;
}
