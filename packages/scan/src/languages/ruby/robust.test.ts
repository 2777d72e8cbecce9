import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { batteryPrograms, checkOf, checkSpliced, strays } from "../harness/robust.ts";
import { fileOf } from "../harness/reading.ts";
import { isFailure } from "../language.ts";
import { ruby } from "./index.ts";

beforeAll(() => ruby.load?.());

/** Every statement and expression, nested and in odd places. */
const EVERYTHING = `
class Admin::UsersController < ApplicationController
  include Auditable
  before_action :guest, only: [:create], if: -> { foo }
  private
  def create(a, b = 1, *r, k:, o: 2, **kw, &blk)
    user = User.find_by(email: params[:email], "x" => 1, y:)
    if user&.authenticate params[:password]
      session[:user_id] ||= user.id
      @x, y = 1, 2
      return redirect_to root_path unless @a.nil?
    elsif z
      flash.now[:alert] = "Wrong #{a} e-mail"
    else
      users.each(&:destroy)
      users.map { |u, (a, b)| u.x = 1 }
    end
    case x
    when 1, Foo then 2
    else 3
    end
    case y
    in {name: String => n, age:} if n then 1
    in [a, *b] | nil then 2
    in ^x then 5
    end
    raise E, "text" and return
    yield 1
    super
    super(1)
    x = begin
      a
    rescue A::B, C => e
      retry
    else
      3
    ensure
      4
    end
    foo rescue nil
    while x do break end
    for a in b do next end
    y = a ? b : c
    !a; not b; -c; defined?(x)
    z = <<~SQL
      text #{foo}
    SQL
    %w[a b]; %i[a b]; :"a#{b}"; /x/; %x(ls)
    ::Foo::BAR
    foo.()
    a[1] = 2
    a.b += 3
    [*x, **y]
    {a: 1, :b => 2, "c": 3, **d}
    1..2
    ->(x) { x + 1 }
    BEGIN_X = 1
    def self.foo = 3
    x => {a:}
    x in {a:}
  rescue => e
    1
  ensure
    2
  end
  class << self
    attr_accessor :x
    def y; end
  end
  private def z; end
end
module A; end

users.each_with_index do |user, i| next if i.zero?; return user if user.locked? end
User.transaction { |t| next unless t; t.save }
result = User.find_by(name: "é😀")&.tap { |u| u.touch }
%w[get post].each { |verb| define_method(verb) { |path, **options, &block| route(verb, path, &block) } }
loop { break }
until done? do retry end
begin; work; end while more?
x = if a then 1 else 2 end
y = case when a then 1 when b, c then 2 end
begin
  go(*args, **options, &:name)
rescue *ERRORS, Timeout::Error => error
  raise
ensure
  close
end
puts <<~ONE, <<-'TWO'
  a #{b} c
ONE
  raw
  TWO
Struct.new(:a, keyword_init: true)
obj.send(:name, 1)
obj.public_send(which, 1)
Job.set(wait: 1.hour).perform_later(1)
throw :halt, [401, "no"]
a, b.c, *d = e
a[b] ||= c
@x &&= 1
X ||= 2
def (obj).odd; end
def each(&) = list.each(&)
def all(...) = run(...)
alias old new
undef gone
BEGIN { a }
__END__
`;

/** Texts to mutate: that one and the battery. */
const texts = [EVERYTHING, ...batteryPrograms(".rb")];

const check = checkOf(ruby, "app/a.rb");

test("reads every construct without an error", () => {
  const result = fileOf(ruby, "app/a.rb", EVERYTHING);
  expect(strays(result)).toEqual([]);
  expect(result.functions.map((fn) => fn.name)).toEqual(expect.arrayContaining(["create", "foo", "y", "z", "each", "all"]));
  expect(result.containers.map((one) => one.name)).toEqual(["Admin.UsersController", "A"]);
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

test("text that is no Ruby is a failure with a place", () => {
  const result = ruby.parse("app/a.rb", ") ] } ".repeat(60));
  expect(isFailure(result) && result.message).toMatch(/syntax error near line 1/);
});
