import { expect, test } from "vitest";
import {
  allowedNames,
  cardRanges,
  digestHeads,
  gluedPrefixes,
  harmlessFirstWords,
  harmlessHeads,
  ibanLengths,
  neutralTails,
  personalIdentifiers,
  secretPatterns,
  sensitiveNames,
  sensitiveParameters,
} from "./index.ts";

test("names are in normal form: lower case, words parted by one space", () => {
  const names = [...sensitiveNames.flatMap(({ names }) => names), ...sensitiveParameters, ...allowedNames];
  expect(names.filter((name) => !/^[a-z0-9]+(?: [a-z0-9]+)*$/.test(name))).toEqual([]);
  const words = [...harmlessHeads, ...harmlessFirstWords, ...neutralTails, ...digestHeads, ...gluedPrefixes];
  expect(words.filter((word) => !/^[a-z]+$/.test(word))).toEqual([]);
});

test("no name is listed twice, and no harmless word is a sensitive name", () => {
  const names = sensitiveNames.flatMap(({ names }) => names.map((name) => name.replaceAll(" ", "")));
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(harmlessHeads.filter((word) => names.includes(word))).toEqual([]);
});

test("patterns have no capturing group, no flags, and a source", () => {
  for (const { name, pattern, source } of [...secretPatterns, ...personalIdentifiers]) {
    expect(new RegExp(`${pattern.source}|`).exec("")?.length, name).toBe(1);
    expect(pattern.flags, name).toBe("");
    expect(pattern.test(""), name).toBe(false);
    expect(source, name).not.toBe("");
  }
});

test("ranges of cards have ends of equal length; IBANs have 15 to 33 characters", () => {
  expect(cardRanges.filter(({ from, to }) => from.length !== to.length || from > to)).toEqual([]);
  expect(Object.values(ibanLengths).filter((length) => !(length >= 15 && length <= 33))).toEqual([]);
});
