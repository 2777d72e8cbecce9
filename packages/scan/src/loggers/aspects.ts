/**
 * How aspects record what annotated handlers do: classes whose advice runs around every method that bears an annotation.
 * https://docs.spring.io/spring-framework/reference/core/aop/ataspectj/advice.html,
 * https://jakarta.ee/specifications/interceptors/2.1/jakarta-interceptors-spec-2.1
 */

/** What an advice runs after; `around` decides itself what comes before and after the method. */
export type Advised = "around" | "success" | "failure" | "any";

/** Annotations that make a class an aspect; what its advice is woven around stands in a pointcut. */
export const ASPECTS: ReadonlySet<string> = new Set(["Aspect"]);
export const POINTCUTS: ReadonlySet<string> = new Set(["Pointcut"]);
export const ADVICE: ReadonlyMap<string, Advised> = new Map([
  ["Around", "around"],
  ["AfterReturning", "success"],
  ["AfterThrowing", "failure"],
  ["Before", "any"],
  ["After", "any"],
]);

/** Interceptors are bound by an annotation that the class itself bears. */
export const INTERCEPTORS: ReadonlySet<string> = new Set(["Interceptor"]);
export const INTERCEPTING: ReadonlySet<string> = new Set(["AroundInvoke"]);

export const MAY_ADVISE = /@Aspect\b|@Interceptor\b/;

/** `@annotation(com.shop.Log)`, `@within(Audited)`: what the method or its class is marked with. */
export const MARKED = /@(?:annotation|within|target)\s*\(\s*([\w.]+)\s*\)/g;
/** `pointcutOfThisClass()`, `com.shop.Pointcuts.logged()`. */
export const NAMED_POINTCUT = /([A-Za-z_][\w.]*)\s*\(\s*\)/g;
