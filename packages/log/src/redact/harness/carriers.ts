import fc from "fast-check";
import type { Planted } from "./secrets.ts";
import { opaque, recognisable, sensitiveName } from "./secrets.ts";

/** A value with a secret somewhere in it. */
export interface Carrier {
  readonly value: unknown;
  /** What must not be found in the output: the secret, and its encoded forms. */
  readonly needles: readonly string[];
}

/** The needles as they stand in URLs. */
const encodings = (planted: Planted): string[] => planted.needles.flatMap((needle) => [needle, encodeURIComponent(needle)]);
const carry = (planted: Planted, value: unknown, more: readonly string[] = []): Carrier => ({
  value,
  needles: [...new Set([...encodings(planted), ...more])],
});

const word = fc.constantFrom("login", "of jane", "failed", "order 100045213", "GET /users", "—", "200", "(retry)", "状態", "ok.");
const sentence = fc.array(word, { maxLength: 4 }).map((words) => words.join(" "));

type Form = (name: string, secret: Planted) => Carrier;

const text =
  (write: (name: string, secret: string) => string): Form =>
  (name, secret) =>
    carry(secret, write(name, secret.text));

const object = (name: string, value: unknown): Record<string, unknown> => ({ user: "jane", [name]: value, n: 1 });
const json = (name: string, secret: string): string => JSON.stringify(object(name, secret));

class Holder {
  readonly id = 7;
  readonly held: unknown;
  constructor(name: string, value: unknown) {
    this.held = { [name]: value };
  }
}

/** Ways in which a named secret comes to a log. */
const namedForms: readonly Form[] = [
  (name, secret) => carry(secret, object(name, secret.text)),
  (name, secret) => carry(secret, object(name, [secret.text, { a: secret.text }])),
  (name, secret) =>
    carry(
      secret,
      new Map<string, unknown>([
        ["user", "jane"],
        [name, secret.text],
      ]),
    ),
  (name, secret) =>
    carry(secret, [
      { name, value: secret.text },
      { key: name, value: secret.text },
    ]),
  (name, secret) =>
    carry(secret, {
      entries: [
        ["host", "x"],
        [name, secret.text],
      ],
    }),
  (name, secret) => carry(secret, { rawHeaders: ["Host", "x", name, secret.text] }),
  (name, secret) => carry(secret, [`user jane, ${name}=`, secret.text, " failed"]),
  (name, secret) => carry(secret, [`${name}: `, secret.text]),
  (name, secret) => carry(secret, { argv: ["node", `--${name.replaceAll(".", "-")}`, secret.text] }),
  (name, secret) => carry(secret, new Holder(name, secret.text)),
  (name, secret) => carry(secret, { toJSON: () => object(name, secret.text) }),
  (name, secret) => carry(secret, { body: Buffer.from(secret.text), form: new URLSearchParams({ [name]: secret.text }) }),
  (name, secret) => carry(secret, Object.defineProperty({}, name, { enumerable: true, get: () => secret.text })),
  (name, secret) => carry(secret, { path: name, value: secret.text, msg: "Invalid value" }),
  (name, secret) => carry(secret, { sql: `update users set ${name.replace(/\W/g, "_")} = $1`, parameters: [secret.text] }),
  (name, secret) => carry(secret, Object.assign(new Error("failed"), { config: { headers: { [name]: secret.text } } })),
  (name, secret) => carry(secret, new Error(`failed: ${name}=${secret.text}`)),
  (name, secret) => carry(secret, new Error("failed", { cause: new Error(`${name}: "${secret.text}"`) })),
  (name, secret) => carry(secret, new URL(`https://shop.example/cb?x=1&${name}=${encodeURIComponent(secret.text)}#a`)),
  text((name, secret) => `${name}=${secret}`),
  text((name, secret) => `${name}: ${secret}`),
  text((name, secret) => `${name} = "${secret}"`),
  text((name, secret) => `'${name}' => '${secret}'`),
  text((name, secret) => `https://shop.example/cb?x=1&${name}=${encodeURIComponent(secret)}&y=2`),
  text((name, secret) => `/cb#${name}=${encodeURIComponent(secret)}`),
  text((name, secret) => new URLSearchParams({ user: "jane", [name]: secret, y: "2" }).toString()),
  text((name, secret) => `theme=dark; ${name}=${encodeURIComponent(secret)}; Path=/`),
  text((name, secret) => `<${name}>${secret}</${name}>`),
  text((name, secret) => `next=${encodeURIComponent(`/cb?${name}=${encodeURIComponent(secret)}&x=1`)}`),
  text(json),
  text((name, secret) => `body: ${json(name, secret)} failed`),
  text((name, secret) => JSON.stringify({ body: json(name, secret) })),
  text((name, secret) => `cut: ${JSON.stringify(json(name, secret)).slice(0, -12)}`),
  text((name, secret) => json(name, secret).slice(0, -8)),
  text((name, secret) => encodeURIComponent(json(name, secret))),
  (name, secret) => {
    const encoded = Buffer.from(json(name, secret.text)).toString("base64");
    return carry(secret, `body ${encoded}`, [encoded.slice(8, 40)]);
  },
];

const named: fc.Arbitrary<Carrier> = fc
  .tuple(fc.constantFrom(...namedForms), sensitiveName, opaque)
  .map(([form, name, secret]) => form(name, secret));

/** Ways in which a secret that its looks give away comes to a log. */
const loose: fc.Arbitrary<Carrier> = fc
  .tuple(recognisable, sentence, sentence, fc.nat({ max: 14 }), fc.constantFrom(2048, 8192, 65_536), fc.nat({ max: 160 }))
  .map(([secret, before, behind, form, cut, short]): Carrier => {
    const { text } = secret;
    const whole = `${before} ${text} ${behind}`;
    switch (form) {
      case 0:
        return carry(secret, { note: text });
      case 1:
        return carry(secret, { [whole]: 1 });
      case 2:
        return carry(secret, new Map([[text, text]]));
      case 3:
        return carry(secret, new Error(whole, { cause: text }));
      case 4:
        return carry(secret, `("${text}")`);
      case 5:
        return carry(secret, JSON.stringify({ note: whole, list: [text] }));
      case 6:
        return carry(secret, `q=${encodeURIComponent(whole)}&x=1`);
      case 7:
        return carry(secret, [[[text]], { a: { b: whole } }]);
      case 8:
        return carry(secret, JSON.stringify(JSON.stringify({ a: whole })));
      case 9:
        return carry(secret, new Set([whole]));
      case 10:
      case 11:
        // Across the place where a long text is cut.
        return carry(secret, `${"x ".repeat(cut)}`.slice(0, cut - short) + whole);
      default:
        return carry(secret, whole);
    }
  });

const wrappers: readonly ((value: unknown) => unknown)[] = [
  (value) => ({ data: value, id: 1 }),
  (value) => [1, value, "x"],
  (value) => new Map([["entry", value]]),
  (value) => ({ toJSON: () => ({ shown: value }) }),
  (value) => Object.assign(new Error("failed"), { details: value }),
  (value) => new Error("failed", { cause: value }),
  (value) => new AggregateError([value], "several"),
  (value) => new Set([value]),
  (value) => ({ body: typeof value === "string" ? JSON.stringify({ inner: value }) : value }),
  (value) => Object.assign(Object.create(null) as object, { value, list: [value] }),
  (value) => {
    const cycle: Record<string, unknown> = { value };
    cycle["self"] = cycle;
    return cycle;
  },
];

/** A secret of any kind, planted in any structure. */
export const carrier: fc.Arbitrary<Carrier> = fc
  .tuple(
    fc.oneof({ arbitrary: named, weight: 3 }, { arbitrary: loose, weight: 2 }),
    fc.array(fc.constantFrom(...wrappers), { maxLength: 4 }),
  )
  .map(([{ value, needles }, around]) => ({ needles, value: around.reduce((inner, wrap) => wrap(inner), value) }));

/** A text with a secret in it, for the fields that are texts. */
export const textCarrier: fc.Arbitrary<Carrier> = fc.oneof(named, loose).filter(({ value }) => typeof value === "string");
