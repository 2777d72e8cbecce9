/** What a text has in it that could be, or lead to, a secret. Over-approximates: no trait, no secret. */
export const Trait = {
  /** `=`, `:` or `>`: a name and its value. */
  pair: 1,
  percent: 2,
  /** A run of 16 letters, digits, `_`, `-` that is no hexadecimal number; `$`, `-----`. */
  token: 4,
  digits: 8,
  /** A run of 16 characters of base64. */
  base64: 16,
  /** `://`. */
  url: 32,
  /** A blank behind the end of a word that announces a credential: `Bearer `, `password `. */
  word: 64,
  at: 128,
  /** `--x`: an option of a command. */
  flag: 256,
  /** `\u0`, `\x7`, `&quot;`, `&#34;`. */
  escape: 512,
  /** Begins as JSON does. */
  json: 1024,
} as const;

const LETTER = 1;
const HEX = 2;
const DIGIT = 3;
const BLANK = 4;
const SLASH = 5;
const DASH = 6;
const EQUALS = 7;
const COLON = 8;
const PERCENT = 9;
const DOLLAR = 10;
const AT = 11;
const BACKSLASH = 12;
const AMPERSAND = 13;
const DOT = 14;

const classes = new Uint8Array(128);
const assign = (characters: string, kind: number): void => {
  for (const character of characters) classes[character.charCodeAt(0)] = kind;
};
assign("ghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", LETTER);
assign("abcdef", HEX);
assign("0123456789", DIGIT);
assign(" \t\r\n", BLANK);
assign("/+", SLASH);
assign("-", DASH);
assign("=>", EQUALS);
assign(":", COLON);
assign("%", PERCENT);
assign("$", DOLLAR);
assign("@", AT);
assign("\\", BACKSLASH);
assign("&", AMPERSAND);
assign(".", DOT);

const longRun = 16;
const manyDigits = 6;

/** One look over a text, without allocation: it decides which detectors run, and most texts of a log need none. */
export function traitsOf(text: string): number {
  let traits = 0;
  let run = 0;
  let runBase64 = 0;
  let runLetters = 0;
  let runDigits = 0;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const kind = code < 128 ? classes[code]! : 0;
    if (kind === LETTER || kind === HEX) {
      run++;
      runBase64++;
      digits = 0;
      if (kind === LETTER) runLetters++;
      if (run >= longRun) {
        if (runLetters > 0) traits |= Trait.token;
        if (runDigits >= manyDigits) traits |= Trait.digits;
      }
      if (runBase64 >= longRun) traits |= Trait.base64;
      continue;
    }
    if (kind === DIGIT) {
      run++;
      runBase64++;
      runDigits++;
      if (++digits >= manyDigits || (runDigits >= manyDigits && run >= longRun)) traits |= Trait.digits;
      if (run >= longRun && runLetters > 0) traits |= Trait.token;
      if (runBase64 >= longRun) traits |= Trait.base64;
      continue;
    }
    if (kind === DASH) {
      run++;
      runBase64++;
      if (text.charCodeAt(i + 1) === 45) traits |= Trait.flag;
      if (run >= longRun && runLetters > 0) traits |= Trait.token;
      continue;
    }
    if (kind === SLASH) {
      runBase64++;
      run = runLetters = runDigits = 0;
      continue;
    }
    run = runBase64 = runLetters = runDigits = 0;
    if (kind === BLANK) {
      if (announces(text, i)) traits |= Trait.word;
      continue;
    }
    if (kind === DOT) continue;
    digits = 0;
    if (kind === EQUALS) traits |= Trait.pair;
    else if (kind === COLON) traits |= text.charCodeAt(i + 1) === 47 && text.charCodeAt(i + 2) === 47 ? Trait.pair | Trait.url : Trait.pair;
    else if (kind === PERCENT) traits |= Trait.percent;
    else if (kind === DOLLAR) traits |= Trait.token;
    else if (kind === AT) traits |= Trait.at;
    else if (kind === BACKSLASH) traits |= Trait.escape;
    else if (kind === AMPERSAND && (text.charCodeAt(i + 1) === 35 || text.charCodeAt(i + 1) === 113)) traits |= Trait.escape;
  }
  return beginsAsJson(text) ? traits | Trait.json : traits;
}

/** The three letters before a blank, of the words in `spoken.ts` and `credentials.ts`. */
const announcements = new Set([
  "rer",
  "sic",
  "ken",
  "ord",
  "ase",
  "ode",
  "wd",
  "pin",
  "pop",
  "ret",
  "key",
  "tlm",
  "ate",
  "was",
  " is",
  "otp",
  " to",
  "awk",
]);
const announced = new Uint8Array(128);
for (const ending of announcements) announced[ending.charCodeAt(ending.length - 1)] = 1;

function announces(text: string, blank: number): boolean {
  const last = text.charCodeAt(blank - 1) | 32;
  if (!(last < 128 && announced[last] === 1)) return false;
  return (
    announcements.has(text.slice(Math.max(0, blank - 3), blank).toLowerCase()) ||
    (last === 100 && (text.charCodeAt(blank - 2) | 32) === 119)
  );
}

function beginsAsJson(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x7b || code === 0x5b || code === 0x22) return true;
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && code !== 0xfeff) return false;
  }
  return false;
}
