/**
 * A part of a request that a caller words freely and that may hold a line break when the application reads it.
 *
 * Header values, IP addresses, user agents, methods and the URL as it was sent are none: servers refuse a line break in a
 * header, and in a URL it stays percent-encoded until somebody decodes it. What a token or a session says was written by
 * the application.
 */
export type RequestPart = "body" | "query" | "path" | "cookie" | "upload" | "parameter";

/** A part as people call it. */
export const PART_TITLES: Readonly<Record<RequestPart, string>> = {
  body: "the request body",
  query: "the query string",
  path: "the path of the request",
  cookie: "a cookie",
  upload: "the name of an uploaded file",
  parameter: "the request's parameters",
};

/** How the frameworks of a language spell a part where it is read. */
export interface ReadRow {
  readonly part: RequestPart;
  /** Of the dotted path from its beginning: `req.body.email`, `request.json().email`. */
  readonly path?: RegExp;
  /** Of the source text, without blanks, `.` for every way to reach a member: `r.FormValue("a")`. */
  readonly text?: RegExp;
  /** The path must begin with a parameter of a function: a global of that name is something else. */
  readonly ofParameter?: true;
}

/** How a parameter of a handler says that it is filled from the request. */
export interface GivenRow {
  readonly part: RequestPart;
  /** A decorator or annotation of the parameter. */
  readonly decorator?: RegExp;
  /** The text behind the name of the parameter: `: Path<String>`. */
  readonly behind?: RegExp;
  /** The text of its default value: `= Query(…)`. */
  readonly default?: RegExp;
  /** It must be text by its declared type. */
  readonly typed?: true;
}

/** What the frameworks of one language say. */
export interface RequestTable {
  readonly languages: readonly string[];
  readonly reads: readonly ReadRow[];
  readonly given: readonly GivenRow[];
  /** What the parameters of routes hold that carry no such mark. */
  readonly handlers?: {
    /** The parameter that holds all that was sent, under the names it was sent by. */
    readonly mapAt?: number;
    /** The request may be taken apart at once: `({ body, params }, res)`. */
    readonly takesApart?: true;
    /** A parameter that the path template names holds text, unless its type says otherwise. */
    readonly byPath?: true;
    /** A parameter whose type is text, or a record of the project with text in it, is filled from the request. */
    readonly byType?: true;
  };
  /** A static function without an annotation of its own serves nothing, whatever stands at its parameters. */
  readonly annotated?: true;
  /** Calls that fill what they are given a reference to: `json.NewDecoder(r.Body).Decode(&req)`. */
  readonly fills?: RegExp;
}
