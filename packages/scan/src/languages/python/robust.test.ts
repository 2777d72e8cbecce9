import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { batteryPrograms, checkOf, checkSpliced, strays } from "../harness/robust.ts";
import { fileOf } from "../harness/reading.ts";
import { isFailure } from "../language.ts";
import { python } from "./index.ts";

beforeAll(() => python.load?.());

/** Every statement and expression, nested and in odd places. */
const EVERYTHING = `
"""Docs é😀"""
from __future__ import annotations
import os, a.b.c as d, x.y  # 😀 comment
from . import (one, two as deux)
from ..pkg.mod import *
@app.route("/x", methods=["GET"])
@audited
async def view(request, /, a: int = 1, *args: str, b: "User | None" = None, **kw) -> Optional[User]:
    global count
    if (n := len(a)) > 1 and a not in b or x is not None: return f"a {n!r:>{w}} {b['k']}" "tail"
    elif 0 <= n < 3: raise Denied("no") from err
    else:
        with open("f") as f, suppress(KeyError): del a["k"], b.c
    for i, (j, *rest) in enumerate(x): continue
    else: pass
    while True: break
    try: await go(*args, key=1, **kw)
    except (A, b.B) as e: raise
    except* C: ...
    except: log.exception("x")
    else: x += 1
    finally: print("%s %d" % (a, 1), "{}".format(b))
    match cmd:
        case {"k": v, **rest} | [1, *_] if v: yield v
        case Point(x=0, y=Y.z) as p: yield from p
        case -1 | "a" | None | _: return [q for r in s if r for q in r], {k: v for k, v in z}, (lambda t=1: t)
class A(B, C.D[int], metaclass=M):
    x: int = 1; y: Annotated[int, Depends(f)]
    class Meta: ordering = ["a"]
    def __init__(self, repo: Repo): self.repo = repo; self.n = None
    @property
    def p(self): return self.__private()
    @staticmethod
    def s(): assert 1, "no"
    @classmethod
    def c(cls): return cls()
a = b = 1
a, (b, c) = c[1:2], d[1, 2]
t: List[int]
`;

/** Texts to mutate: that one and the battery. */
const texts = [EVERYTHING, ...batteryPrograms(".py")];

const check = checkOf(python, "app/a.py");

test("reads every construct without an error", () => {
  const result = fileOf(python, "app/a.py", EVERYTHING);
  expect(strays(result)).toEqual([]);
  expect(result.functions.map((fn) => fn.name)).toEqual(expect.arrayContaining(["view", "__init__", "p", "s", "c"]));
  expect(result.containers.map((one) => one.name)).toEqual(["A", "A.Meta"]);
});

describe("mutated", () => {
  test("never throws, and spans stay inside", () => checkSpliced(texts, check));

  test("any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), check), { numRuns: 200 });
  });
});

test("deep nesting ends", () => {
  check(`x = ${"(".repeat(3000)}1${")".repeat(3000)}`);
  check(`x = ${"a + ".repeat(3000)}1`);
});

test("text that is no Python is a failure with a place", () => {
  const result = python.parse("app/a.py", "<html>{{ x }}</html> }} {{ ]] ((".repeat(20));
  expect(isFailure(result) && result.message).toMatch(/syntax error near line 1/);
});
