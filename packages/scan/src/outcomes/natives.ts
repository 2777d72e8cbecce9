/** What a method of the languages' own values does with the functions it is given. */
export type Native = "then" | "catch" | "finally" | "call" | "apply" | "bind" | "each" | "later" | "same";

/** Promises, function objects and collections: the same few shapes in every language. */
export const NATIVE: ReadonlyMap<string, Native> = new Map([
  ["then", "then"],
  ["catch", "catch"],
  ["finally", "finally"],
  ["call", "call"],
  ["apply", "apply"],
  ["bind", "bind"],
  ["forEach", "each"],
  ["each", "each"],
  // What a record is written as says what the record says.
  ["to_json", "same"],
  // A task that a worker runs: https://docs.celeryq.dev/en/stable/userguide/calling.html, https://dramatiq.io
  ["delay", "later"],
  ["apply_async", "later"],
  ["delay_on_commit", "later"],
  ["perform_later", "later"],
  // https://github.com/sidekiq/sidekiq/wiki/Getting-Started
  ["perform_async", "later"],
  ["perform_in", "later"],
  ["perform_at", "later"],
]);

/** Constructors of result types, by the name they are called by: which side they make. */
export const RESULT_SIDES: ReadonlyMap<string, "good" | "bad"> = new Map([
  ["left", "bad"],
  ["right", "good"],
  ["err", "bad"],
  ["ok", "good"],
  ["errAsync", "bad"],
  ["okAsync", "good"],
  ["Err", "bad"],
  ["Ok", "good"],
]);

/** Questions to a result: whether it is the good side. */
export const RESULT_TESTS: ReadonlyMap<string, "good" | "bad"> = new Map([
  ["isLeft", "bad"],
  ["isRight", "good"],
  ["isErr", "bad"],
  ["isOk", "good"],
  ["isFailure", "bad"],
  ["isSuccess", "good"],
]);

/** Functions that read a key of the record that they are given first: `value` gives it, `pair` gives it as `{:ok, it}`. */
export const GETTERS: ReadonlyMap<string, "value" | "pair"> = new Map([
  ["Keyword.get", "value"],
  ["Keyword.fetch!", "value"],
  ["Keyword.fetch", "pair"],
  ["Map.get", "value"],
  ["Map.fetch!", "value"],
  ["Map.fetch", "pair"],
  ["Access.get", "value"],
  ["_.get", "value"],
  ["Reflect.get", "value"],
]);

/** Operators that take an object of functions and call those under these keys as things go on. https://rxjs.dev/api/operators/tap */
export const OBSERVING: ReadonlySet<string> = new Set(["tap", "subscribe", "do"]);
export const OBSERVERS: readonly string[] = ["subscribe", "next", "complete", "finalize"];
export const ERROR_OBSERVER = "error";

/** Operators that call what they are given only where something failed. https://rxjs.dev/api/operators/catchError */
export const ON_ERROR_ONLY: ReadonlySet<string> = new Set(["catchError"]);
