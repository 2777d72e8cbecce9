import { beforeAll, describe, expect, test } from "vitest";
import type { FileIR } from "../../ir/nodes.ts";
import { printer, printFile } from "../../ir/print.ts";
import { bodyLines, fileOf } from "../harness/reading.ts";
import { declaredNames } from "./declared.ts";
import { ruby } from "./index.ts";

beforeAll(() => ruby.load?.());

const read = (text: string): FileIR => fileOf(ruby, "app/models/user.rb", text);

const lowered = (text: string): string => printFile(read(text)).trimEnd();

/** The first method of a class around the text. */
function method(body: string): string {
  const file = read(`class A\n  def m(a, b)\n${body}\n  end\nend`);
  const { method: print } = printer();
  return print(file.functions.find((fn) => fn.name === "m")!);
}

const inside = (body: string): string => bodyLines(method(body)).join("\n");

describe("statements", () => {
  test.each([
    ["a first binding declares, the next assigns", "x = 1\nx = 2\nx += 3", "let x = 1\nx = 2\nx += 3"],
    ["a modifier is a branch", "stop if done", "if done() {\n  stop()\n}"],
    ["unless", "unless done\n  go\nelse\n  stop\nend", "if not done() {\n  go()\n} else {\n  stop()\n}"],
    ["what is answered and left", "redirect_to(x) and return", "redirect_to(x())\nreturn"],
    ["a condition before `return`", "user.nil? and return", "if (user() == null) {\n  return\n}"],
    ["raise with a class", 'raise Denied, "no"', 'throw new Denied("no")'],
    ["raise with text", 'raise "no"', 'throw new RuntimeError("no")'],
    ["raise what was caught", "begin\n  f\nrescue KeyError\n  raise\nend", "try {\n  f()\n} catch KeyError _raised {\n  throw _raised\n}"],
    ["everything is caught without a class", "begin\n  f\nrescue => e\n  g(e)\nend", "try {\n  f()\n} catch e {\n  g(e)\n}"],
    ["a rescue at the end of a line", "f rescue g", "try {\n  f()\n} catch {\n  g()\n}"],
    ["several targets", "a, b = f", "let [a, b] = f()"],
    [
      "iterators are loops",
      "users.each do |user|\n  next if user.a\n  f(user)\nend",
      "loop user in users() {\n  if user.a() {\n    jump\n  }\n  f(user)\n}",
    ],
    ["blocks that run once stand where they run", "lock.synchronize { f }", "lock()\nf()"],
  ])("%s", (_, text, expected) => expect(lowered(text)).toBe(expected));

  test("what a block returns, the method returns", () =>
    expect(inside("find(a) { |x| return x if b }\nnil")).toBe("loop x in this.find(a) {\n  if b {\n    return x\n  }\n}\nreturn null"));
});

describe("expressions", () => {
  test.each([
    ["a name that is no variable is a call", "f(params)", "f(params())"],
    ["keyword arguments are one record", "f(a, b: 1, **c)", "f(a(), {b: 1, ...c()})"],
    ["short keywords", "x = 1\nf(x:, y:)", "let x = 1\nf({x: x, y: y()})"],
    ["questions for nothing", "f(a.nil?, b.present?)", "f((a() == null), (b() != null))"],
    ["tests of a type", "f(a.is_a?(User))", "f((a() is User))"],
    ["creation", "User.new(name: n)", "new User({name: n()})"],
    ["a method by its name", "a.send(:destroy, 1)", "a().destroy(1)"],
    ["a job is made, and performs later", "AuditJob.set(wait: 1).perform_later(x)", "new AuditJob().perform.perform_later(x())"],
    ["methods as blocks", "f(&:destroy)", "f(fn(it) {\n  return it.destroy()\n})"],
    ["constants that are values", "f(Limits::MAX, Admin::User)", "f(Limits.MAX, Admin.User)"],
    ["elements", 'a[:b]["c"][0]', "a().b.c.0"],
    ["a value or another", "@user ||= find", "@user = (@user default find())"],
    ["text across lines", "f(<<~TEXT)\n  a #{b}\nTEXT\n", "opaque(b())\nf(`  a ${opaque()}\n`)"],
  ])("%s", (_, text, expected) => expect(lowered(text)).toBe(expected));
});

describe("methods", () => {
  test("calls without a receiver are of the object", () => expect(inside("check(a)\nname")).toBe("this.check(a)\nreturn this.name()"));
  test("every way gives its last value", () => expect(inside("if a\n  1\nelse\n  2\nend")).toBe("if a {\n  return 1\n}\nreturn 2"));
  test("super hands on what was given", () => expect(inside("super")).toBe("return super.m(a, b)"));
  test("`new` in a class method makes its own class", () => {
    const [fn] = read("class A\n  def self.call(x)\n    new(x).call\n  end\nend").functions;
    expect(fn).toMatchObject({ name: "call", isStatic: true });
    expect(fn!.body).toMatchObject([{ kind: "return", value: { callee: { object: { creates: true, callee: { name: "this" } } } } }]);
  });
  test("a yield calls the block, which is the last parameter", () => {
    const [fn] = read("class A\n  def m(a)\n    yield a\n  end\nend").functions;
    expect(fn!.params.map((param) => param.block === true)).toEqual([false, true]);
  });
});

describe("classes", () => {
  test("names, parents and mixins", () => {
    const file = read("module Admin\n  class UsersController < Base::Controller\n    include Auditable\n  end\nend");
    expect(file.containers.map(({ name }) => name)).toEqual(["Admin", "Admin.UsersController"]);
    expect(file.containers[1]!.extends).toEqual([{ name: "Base.Controller" }, { name: "Auditable" }]);
  });

  test("what is private", () => {
    const file = read(
      "class A\n  def a; end\n  private\n  def b; end\n  public\n  def c; end\n  private def d; end\n  def e; end\n  private :e\nend",
    );
    expect(file.functions.filter((fn) => fn.isPrivate).map((fn) => fn.name)).toEqual(["b", "d", "e"]);
  });

  test("what a concern brings", () => {
    const [container] = read(
      "module C\n  included do\n    before_action :x\n  end\n  class_methods do\n    def y; end\n  end\nend",
    ).containers;
    expect(container!.body).toMatchObject([{ kind: "expr", value: { callee: { name: "before_action" } } }]);
    expect(container!.functions).toMatchObject([{ name: "y", isStatic: true }]);
  });

  test("command objects of libraries get their class methods", () => {
    const [container] = read("class A < Mutations::Command\n  def execute\n    1\n  end\nend").containers;
    expect(container!.functions.map((fn) => [fn.name, fn.isStatic === true])).toEqual([
      ["execute", false],
      ["run", true],
      ["run!", true],
    ]);
  });
});

test("names that a text declares", () =>
  expect(
    declaredNames(
      "module A\n  # about it\n  module B\n    class C::D < E\n      class F; end\n    end\n    class G; end\n  end\nend\nclass H\nend",
    ),
  ).toEqual(["A.B.C.D", "A.B.C.D.F", "A.B.G", "H"]));
