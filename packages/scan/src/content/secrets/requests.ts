import type { Origin } from "../flow/origin.ts";

/** A part of a request that is handed on whole. */
export type RequestPart = "headers" | "cookies" | "body" | "environment";

/** Names of requests and of what holds one, in the ten languages and their web frameworks. */
const REQUEST = String.raw`(?:^|\.)(?:req|request|ctx|http_?request|servletRequest|conn|_req|_request|event|incoming|rawRequest|fastifyRequest|r|c|Request|HttpContext)`;
const CALL = String.raw`(?:\(\))?`;

const PARTS: readonly (readonly [RequestPart, RegExp])[] = [
  [
    "headers",
    new RegExp(
      String.raw`${REQUEST}${CALL}(?:\.(?:request|req|Request|raw))?${CALL}\.(?:headers|rawHeaders|Headers|Header|req_headers|META|allHeaders|getHeaders)${CALL}$`,
    ),
  ],
  ["headers", /^(?:getallheaders|apache_request_headers|headers)\(\)$/],
  [
    "cookies",
    new RegExp(
      String.raw`${REQUEST}${CALL}(?:\.(?:request|req|Request))?${CALL}\.(?:cookies|COOKIES|Cookies|signedCookies|req_cookies)${CALL}$|^_COOKIE$`,
    ),
  ],
  // Secrets come to a process in its environment: https://12factor.net/config
  [
    "environment",
    /^(?:process\.env|os\.environ(?:\.copy\(\))?|ENV|System\.getenv\(\)|System\.get_env\(\)|os\.Environ\(\)|_ENV|Deno\.env\.toObject\(\))$/,
  ],
  [
    "body",
    new RegExp(
      String.raw`${REQUEST}${CALL}(?:\.(?:request|req|Request))?${CALL}\.(?:body|rawBody|json|get_json|form|Form|PostForm|POST|data|params|body_params|query|all|input|post|validated|formData|text)${CALL}$|^params${CALL}$|^_(?:POST|REQUEST|GET)$|^body$`,
    ),
  ],
];

/** Which part of a request the value is, as a whole; undefined where it is none. */
export function requestPartOf({ path, kind }: Origin): RequestPart | undefined {
  return kind === "literal" || kind === "caught" ? undefined : PARTS.find(([, pattern]) => pattern.test(path))?.[0];
}
