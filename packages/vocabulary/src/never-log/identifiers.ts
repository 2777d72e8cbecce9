/** Issuers' number ranges: leading digits from–to, and how long their numbers are. Source: ISO/IEC 7812; the issuers' published BIN ranges. */
export interface CardRange {
  readonly issuer: string;
  /** First digits, inclusive, of equal length. */
  readonly from: string;
  readonly to: string;
  readonly lengths: readonly number[];
}

export const cardRanges: readonly CardRange[] = [
  { issuer: "Visa", from: "4", to: "4", lengths: [16, 19] },
  { issuer: "Mastercard", from: "51", to: "55", lengths: [16] },
  { issuer: "Mastercard", from: "2221", to: "2720", lengths: [16] },
  { issuer: "American Express", from: "34", to: "34", lengths: [15] },
  { issuer: "American Express", from: "37", to: "37", lengths: [15] },
  { issuer: "Discover", from: "6011", to: "6011", lengths: [16] },
  { issuer: "Discover", from: "644", to: "659", lengths: [16] },
  { issuer: "JCB", from: "3528", to: "3589", lengths: [16] },
  { issuer: "Diners Club", from: "300", to: "305", lengths: [14] },
  { issuer: "Diners Club", from: "36", to: "36", lengths: [14] },
  { issuer: "Diners Club", from: "38", to: "39", lengths: [14, 16] },
  { issuer: "UnionPay", from: "62", to: "62", lengths: [16, 17, 18, 19] },
  { issuer: "Maestro", from: "5018", to: "5018", lengths: [16] },
  { issuer: "Maestro", from: "6759", to: "6763", lengths: [16] },
  { issuer: "RuPay", from: "6521", to: "6522", lengths: [16] },
  { issuer: "Mir", from: "2200", to: "2204", lengths: [16] },
];

/** How the check digits of an identifier are computed: functions of that name stand with the redactor. */
export type Checksum =
  | "luhn"
  | "verhoeff"
  | "mod97_iban"
  | "mod97_nir"
  | "mod97_belgium"
  | "cpf"
  | "dni"
  | "hetu"
  | "codice_fiscale"
  | "personnummer"
  | "china"
  | "curp"
  | "nric"
  | "ssn_area";

/** A number that a state or bank gave to a person, distinctive enough to be told from an order number by its looks. */
export interface PersonalIdentifier {
  readonly name: string;
  readonly country: string;
  readonly kind: "government_id" | "bank_account";
  /** No capturing group, no flags; bounded length. */
  readonly pattern: RegExp;
  readonly checksum: Checksum;
  readonly source: string;
}

/**
 * Written as people write them, with a checksum or with a shape of their own. Not here, because one order number in ten or so would pass
 * for them: BSN, PESEL, SIN and CPF without punctuation, German tax numbers. Those go by their field's name. A CNPJ names a company and is public.
 * IBANs go, as bank account data are on OWASP's list of data to exclude.
 */
export const personalIdentifiers: readonly PersonalIdentifier[] = [
  {
    name: "iban",
    country: "*",
    kind: "bank_account",
    pattern: /[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?/,
    checksum: "mod97_iban",
    source: "ISO 13616; SWIFT IBAN registry",
  },
  {
    name: "us_ssn",
    country: "US",
    kind: "government_id",
    pattern: /\d{3}-\d{2}-\d{4}/,
    checksum: "ssn_area",
    source: "https://www.ssa.gov/employer/randomization.html",
  },
  {
    name: "br_cpf",
    country: "BR",
    kind: "government_id",
    pattern: /\d{3}\.\d{3}\.\d{3}-\d{2}/,
    checksum: "cpf",
    source: "Receita Federal, Instrução Normativa 1548/2015",
  },
  {
    name: "ca_sin",
    country: "CA",
    kind: "government_id",
    pattern: /[1-79]\d{2}-\d{3}-\d{3}/,
    checksum: "luhn",
    source: "https://www.canada.ca/en/employment-social-development/services/sin.html",
  },
  {
    name: "in_aadhaar",
    country: "IN",
    kind: "government_id",
    pattern: /[2-9]\d{3}(?: \d{4} |-\d{4}-)\d{4}/,
    checksum: "verhoeff",
    source: "https://uidai.gov.in",
  },
  {
    name: "fr_nir",
    country: "FR",
    kind: "government_id",
    pattern: /[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}/,
    checksum: "mod97_nir",
    source: "INSEE, structure du NIR",
  },
  {
    name: "be_rrn",
    country: "BE",
    kind: "government_id",
    pattern: /\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}/,
    checksum: "mod97_belgium",
    source: "Royal decree of 3 April 1984",
  },
  {
    name: "es_dni",
    country: "ES",
    kind: "government_id",
    pattern: /(?:\d{8}|[XYZ]\d{7})-?[A-HJ-NP-TV-Z]/,
    checksum: "dni",
    source: "Real Decreto 1553/2005",
  },
  {
    name: "fi_hetu",
    country: "FI",
    kind: "government_id",
    pattern: /[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-Y]/,
    checksum: "hetu",
    source: "https://dvv.fi/en/personal-identity-code",
  },
  {
    name: "it_codice_fiscale",
    country: "IT",
    kind: "government_id",
    pattern: /[A-Z]{6}\d{2}[A-EHLMPR-T][0-7]\d[A-Z]\d{3}[A-Z]/,
    checksum: "codice_fiscale",
    source: "Decreto ministeriale 23 December 1976",
  },
  {
    name: "se_personnummer",
    country: "SE",
    kind: "government_id",
    pattern: /(?:19\d{2}|200\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[-+]\d{4}/,
    checksum: "personnummer",
    source: "Skatteverket SKV 704",
  },
  {
    name: "cn_resident_id",
    country: "CN",
    kind: "government_id",
    pattern: /[1-6]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[0-9X]/,
    checksum: "china",
    source: "GB 11643-1999",
  },
  {
    name: "mx_curp",
    country: "MX",
    kind: "government_id",
    pattern: /[A-Z]{4}\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[HM][A-Z]{5}[A-Z0-9]\d/,
    checksum: "curp",
    source: "RENAPO, Instructivo normativo CURP",
  },
  {
    name: "sg_nric",
    country: "SG",
    kind: "government_id",
    pattern: /[STFG]\d{7}[A-Z]/,
    checksum: "nric",
    source: "https://www.ica.gov.sg",
  },
];

/** Characters of an IBAN by country. Source: SWIFT IBAN registry, release 99. */
export const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  `
  AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27
  GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22
  MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28
  TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
  `
    .trim()
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
