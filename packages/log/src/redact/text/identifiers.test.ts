import { expect, test } from "vitest";
import { createRedactor } from "../index.ts";

const redactor = createRedactor();
const found = (text: string): string => redactor.text(`a ${text} b`);

test.each([
  ["card", "4111111111111111"],
  ["card", "5555 5555 5555 4444"],
  ["card", "3782-822463-10005"],
  ["card", "6011111111111117"],
  ["card", "3530111333300000"],
  ["iban", "DE89 3704 0044 0532 0130 00"],
  ["iban", "GB82WEST12345698765432"],
  ["iban", "NO9386011117947"],
  ["us_ssn", "123-45-6789"],
  ["br_cpf", "529.982.247-25"],
  ["ca_sin", "130-692-544"],
  ["in_aadhaar", "2345 6789 0124"],
  ["fr_nir", "1 85 05 78 006 084 91"],
  ["be_rrn", "85.07.30-033.28"],
  ["es_dni", "12345678Z"],
  ["es_dni", "X1234567L"],
  ["fi_hetu", "131052-308T"],
  ["it_codice_fiscale", "RSSMRA85T10A562S"],
  ["se_personnummer", "19811218-9876"],
  ["cn_resident_id", "11010519491231002X"],
  ["mx_curp", "HEGG560427MVZRRL04"],
  ["sg_nric", "S1234567D"],
])("%s: %s", (name, text) => {
  expect(found(text)).toBe(`a [redacted:${name}] b`);
});

test.each([
  ...[
    "4111111111111112",
    "4111 1111 1111 111",
    "5555 5555 5555 4445",
    "1234567812345670",
    "DE88 3704 0044 0532 0130 00",
    "000-12-3456",
    "529.982.247-26",
  ],
  ...[
    "130-692-545",
    "2345 6789 0125",
    "1 85 05 78 006 084 37",
    "85.07.30-033.29",
    "12345678A",
    "131052-308U",
    "RSSMRA85T10A562T",
    "19811218-9877",
  ],
  ...["110105194912310021", "S1234567E", "123456789", "12345678901", "612 345 678", "978-3-16-148410-0"],
])("no checksum, no identifier: %s", (text) => {
  expect(found(text)).toBe(`a ${text} b`);
});
