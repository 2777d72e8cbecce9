import { cardRanges, ibanLengths } from "@telltale/vocabulary";
import type { Checksum } from "@telltale/vocabulary";

const digitsOf = (text: string): number[] => [...text].filter((c) => c >= "0" && c <= "9").map(Number);

/** Source: ISO/IEC 7812-1, annex B. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    const digit = digits.charCodeAt(i) - 48;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

/** Digits alone, without separators. */
export function isCardNumber(digits: string): boolean {
  return (
    cardRanges.some(({ from, to, lengths }) => {
      const head = digits.slice(0, from.length);
      return head >= from && head <= to && lengths.includes(digits.length);
    }) && luhn(digits)
  );
}

/** Remainder of a decimal number of any length. */
function remainder(digits: string, by: number): number {
  let rest = 0;
  for (let i = 0; i < digits.length; i++) rest = (rest * 10 + digits.charCodeAt(i) - 48) % by;
  return rest;
}

const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * digits[at]!, 0);

const verhoeffProduct = [
  "0123456789",
  "1234067895",
  "2340178956",
  "3401289567",
  "4012395678",
  "5987604321",
  "6598710432",
  "7659821043",
  "8765932104",
  "9876543210",
];
const verhoeffPermutation = [
  "0123456789",
  "1576283094",
  "5803796142",
  "8916043527",
  "9453126870",
  "4286573901",
  "2793806415",
  "7046913258",
];

function verhoeff(text: string): boolean {
  const check = digitsOf(text)
    .reverse()
    .reduce((state, digit, at) => Number(verhoeffProduct[state]![Number(verhoeffPermutation[at % 8]![digit])]), 0);
  return check === 0;
}

function cpf(text: string): boolean {
  const digits = digitsOf(text);
  if (digits.every((digit) => digit === digits[0])) return false;
  const check = (length: number): number => {
    const rest = (digits.slice(0, length).reduce((sum, digit, at) => sum + digit * (length + 1 - at), 0) * 10) % 11;
    return rest === 10 ? 0 : rest;
  };
  return check(9) === digits[9] && check(10) === digits[10];
}

function iban(text: string): boolean {
  const plain = text.replaceAll(" ", "");
  if (plain.length !== ibanLengths[plain.slice(0, 2)]) return false;
  const moved = plain.slice(4) + plain.slice(0, 4);
  return (
    remainder(
      moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)),
      97,
    ) === 1
  );
}

function nir(text: string): boolean {
  const plain = text.replaceAll(" ", "").replace("2A", "19").replace("2B", "18");
  return 97 - remainder(plain.slice(0, 13), 97) === Number(plain.slice(13));
}

function belgium(text: string): boolean {
  const digits = digitsOf(text).join("");
  const check = Number(digits.slice(9));
  return 97 - remainder(digits.slice(0, 9), 97) === check || 97 - remainder(`2${digits.slice(0, 9)}`, 97) === check;
}

function dni(text: string): boolean {
  const plain = text.replace("-", "").replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter)));
  return "TRWAGMYFPDXBNJZSQVHLCKE"[Number(plain.slice(0, 8)) % 23] === plain[8];
}

const hetuLetters = "0123456789ABCDEFHJKLMNPRSTUVWXY";
function hetu(text: string): boolean {
  return (
    isDate(Number(text.slice(2, 4)), Number(text.slice(0, 2))) &&
    hetuLetters[Number(text.slice(0, 6) + text.slice(7, 10)) % 31] === text[10]
  );
}

const isDate = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** Values of characters at odd places, 0–9 and A–Z. */
const fiscalOdd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
function codiceFiscale(text: string): boolean {
  const place = (character: string): number => (character <= "9" ? Number(character) : character.charCodeAt(0) - 65);
  const sum = [...text.slice(0, 15)].reduce(
    (sum, character, at) => sum + (at % 2 === 0 ? fiscalOdd[place(character)]! : place(character)),
    0,
  );
  return String.fromCharCode(65 + (sum % 26)) === text[15];
}

function china(text: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return "10X98765432"[weighted(digitsOf(text.slice(0, 17)), weights) % 11] === text[17];
}

const curpAlphabet = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
function curp(text: string): boolean {
  const sum = [...text.slice(0, 17)].reduce((sum, character, at) => sum + curpAlphabet.indexOf(character) * (18 - at), 0);
  return (10 - (sum % 10)) % 10 === Number(text[17]);
}

function nric(text: string): boolean {
  const sum = weighted(digitsOf(text.slice(1, 8)), [2, 7, 6, 5, 4, 3, 2]) + ("TG".includes(text[0]!) ? 4 : 0);
  return ("ST".includes(text[0]!) ? "JZIHGFEDCBA" : "XWUTRQPNMLK")[sum % 11] === text[8];
}

/** Areas, groups and serials that were never issued. */
function ssnArea(text: string): boolean {
  const [area, group, serial] = text.split("-");
  return (
    area !== "000" &&
    area !== "666" &&
    !(area! >= "900" && (group! < "50" || group === "89" || group === "93")) &&
    group !== "00" &&
    serial !== "0000"
  );
}

export const checksums: Readonly<Record<Checksum, (text: string) => boolean>> = {
  luhn: (text) => luhn(digitsOf(text).join("")),
  verhoeff,
  mod97_iban: iban,
  mod97_nir: nir,
  mod97_belgium: belgium,
  cpf,
  dni,
  hetu,
  codice_fiscale: codiceFiscale,
  personnummer: (text) => luhn(digitsOf(text).join("").slice(2)),
  china,
  curp,
  nric,
  ssn_area: ssnArea,
};
