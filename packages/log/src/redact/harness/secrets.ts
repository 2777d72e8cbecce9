import { personalIdentifiers } from "@telltale/vocabulary";
import fc from "fast-check";
import { checksums, luhn } from "../text/checksums.ts";

/** A secret to plant, and what of it must not be found afterwards. */
export interface Planted {
  readonly text: string;
  readonly needles: readonly string[];
}

const alphanumeric = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"];
const lowerHex = [..."0123456789abcdef"];
const digits = [..."0123456789"];

const string = (alphabet: readonly string[], min: number, max = min): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { minLength: min, maxLength: max }).map((characters) => characters.join(""));

/** Each stretch of a random text that is long enough to be no coincidence. */
function stretches(text: string, length = 8): string[] {
  const out: string[] = [];
  for (let at = 0; at + length <= text.length; at += 4) out.push(text.slice(at, at + length));
  return text.length >= length ? out : [text];
}

const framed = (prefix: string, alphabet: readonly string[], length: number, suffix = ""): fc.Arbitrary<Planted> =>
  string(alphabet, length).map((body) => ({ text: `${prefix}${body}${suffix}`, needles: stretches(body) }));

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const jwt = fc.tuple(string(alphanumeric, 12), string(alphanumeric, 32)).map(([subject, signature]): Planted => {
  const payload = base64url({ sub: subject, iat: 1732232323 });
  return {
    text: `${base64url({ alg: "HS256", typ: "JWT" })}.${payload}.${signature}`,
    needles: [...stretches(payload), ...stretches(signature)],
  };
});

const privateKey = string(alphanumeric, 96).map((body): Planted => {
  const lines = body.match(/.{1,32}/g)!;
  return {
    text: `-----BEGIN PRIVATE KEY-----\n${lines.join("\n")}\n-----END PRIVATE KEY-----`,
    needles: stretches(lines.join("").slice(0, 32)),
  };
});

const connectionString = fc
  .tuple(fc.constantFrom("postgres", "mysql", "mongodb+srv", "redis", "amqp"), string([...alphanumeric, ..."!#/?@$^*"], 10, 20))
  .map(([scheme, password]): Planted => ({ text: `${scheme}://app:a1${password}z9@db.internal/shop`, needles: stretches(password) }));

const withCheckDigit = (body: string): string => {
  for (let digit = 0; digit < 10; digit++) if (luhn(body + digit)) return body + digit;
  return body;
};

const card = fc
  .tuple(fc.constantFrom("4", "51", "55", "2221", "6011", "37", "3530", "6212"), string(digits, 15), fc.constantFrom("", " ", "-"))
  .map(([head, rest, separator]): Planted => {
    const length = head === "37" ? 15 : 16;
    const number = withCheckDigit((head + rest).slice(0, length - 1));
    const groups = length === 15 ? [number.slice(0, 4), number.slice(4, 10), number.slice(10)] : number.match(/\d{4}/g)!;
    const text = groups.join(separator);
    return { text, needles: [text, number] };
  });

/** Identifiers with a checksum, found by trial: of ten to a hundred random ones of the shape, one is valid. */
const identifier = fc
  .tuple(fc.constantFrom("iban", "us_ssn", "br_cpf", "in_aadhaar", "it_codice_fiscale", "se_personnummer", "fi_hetu", "es_dni"), fc.nat())
  .map(([name, seed]): Planted => {
    const { checksum } = personalIdentifiers.find((one) => one.name === name)!;
    let state = (seed % 2147483646) + 1;
    const below = (bound: number): number => {
      state = (state * 48271) % 2147483647;
      return state % bound;
    };
    const digit = (): string => String(below(10));
    const letter = (): string => String.fromCharCode(65 + below(26));
    const fill = (shape: string): string => shape.replace(/[#@]/g, (sign) => (sign === "#" ? digit() : letter()));
    const shapes: Readonly<Record<string, string>> = {
      iban: "NL##ABNA##########",
      us_ssn: "1##-1#-1###",
      br_cpf: "###.###.###-##",
      in_aadhaar: "2### #### ####",
      it_codice_fiscale: "@@@@@@##A0#@###@",
      se_personnummer: "1985011#-####",
      fi_hetu: "0101##-##1@",
      es_dni: "########@",
    };
    for (;;) {
      const text = fill(shapes[name]!);
      const { pattern } = personalIdentifiers.find((one) => one.name === name)!;
      if (new RegExp(`^(?:${pattern.source})$`).test(text) && checksums[checksum](text)) return { text, needles: [text] };
    }
  });

/** Secrets that their looks give away wherever they stand. */
export const recognisable: fc.Arbitrary<Planted> = fc.oneof(
  { arbitrary: jwt, weight: 4 },
  { arbitrary: privateKey, weight: 2 },
  { arbitrary: connectionString, weight: 3 },
  { arbitrary: card, weight: 3 },
  { arbitrary: identifier, weight: 3 },
  framed("AKIA", [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"], 16),
  framed("ghp_", alphanumeric, 36),
  framed("github_pat_", alphanumeric, 60),
  framed("glpat-", alphanumeric, 20),
  framed("xoxb-123456789012-", alphanumeric, 24),
  framed("sk_live_", alphanumeric, 24),
  framed("AIza", alphanumeric, 35),
  framed("sk-ant-api03-", alphanumeric, 90),
  framed("sk-proj-", alphanumeric, 60),
  framed("npm_", alphanumeric, 36),
  framed("pypi-AgEIcHlwaS5vcmc", alphanumeric, 60),
  framed("SG.", alphanumeric, 22, ".abcdefghijklmnopqrstuvw"),
  framed("hvs.", alphanumeric, 90),
  framed("dop_v1_", lowerHex, 64),
  framed("shpat_", lowerHex, 32),
  framed("123456789:AA", alphanumeric, 33),
  framed("$2b$12$", alphanumeric, 53),
  framed("$argon2id$v=19$m=65536,t=3,p=4$", alphanumeric, 43),
  framed("s:", alphanumeric, 32, ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"),
  framed("Bearer ", alphanumeric, 24),
  string(alphanumeric, 18).map((password): Planted => {
    const text = Buffer.from(`jane:${password}`).toString("base64");
    return { text: `Basic ${text}`, needles: stretches(text) };
  }),
);

/** A password: nothing but its name gives it away. The marks make each part of it findable. */
export const opaque: fc.Arbitrary<Planted> = fc
  .tuple(string(alphanumeric, 8, 14), fc.constantFrom("", " ", "-", "!", "@", "é", "$", " and ", ", "), string(alphanumeric, 8, 12))
  .map(([first, between, second]) => ({ text: `Q${first}7${between}Z${second}8`, needles: [`Q${first}7`, `Z${second}8`] }));

const sensitive = [
  ...["password", "passwd", "passphrase", "secret", "token", "api key", "access token", "refresh token", "client secret", "private key"],
  ...["credential", "auth token", "otp", "mfa code", "recovery code", "session id", "cookie", "authorization", "card number", "cvv", "ssn"],
  ...["connection string", "signing key", "encryption key", "csrf token", "password hash", "webhook secret", "pin", "db password"],
];
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
const spellings: readonly ((words: readonly string[]) => string)[] = [
  (words) => words.join("_"),
  (words) => words.join("-"),
  (words) => words.join("").toLowerCase(),
  (words) => words.map((word, at) => (at === 0 ? word : capital(word))).join(""),
  (words) => words.map(capital).join(""),
  (words) => words.join("_").toUpperCase(),
  (words) => words.map(capital).join("-"),
  (words) => words.join("."),
];

/** A sensitive name in any of its spellings. */
export const sensitiveName: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...sensitive),
    fc.constantFrom(...spellings),
    fc.constantFrom("", "", "", "user", "new", "x", "old", "admin"),
    fc.constantFrom("", "", "", "2", "1"),
  )
  .map(([name, spell, prefix, suffix]) => spell([...(prefix === "" ? [] : [prefix]), ...name.split(" ")]) + suffix);
