/** A value that a database in MaxMind's format can hold, as far as the tests need it. */
type Value = string | number | { readonly [name: string]: Value };

/**
 * A database in MaxMind's format in which every address has the same record: one node, both of whose branches lead to it.
 * Source: MaxMind DB file format specification 2.0.
 */
export function tinyDatabase(record: Value, ipVersion: 4 | 6): Buffer {
  const nodes = 1;
  // A branch that is not a node points into the data, which begins behind the tree and 16 zeros.
  const branch = [0, 0, nodes + 16];
  const metadata = pairs([
    ["node_count", integer(6, nodes)],
    ["record_size", integer(5, 24)],
    ["ip_version", integer(5, ipVersion)],
    ["binary_format_major_version", integer(5, 2)],
    ["binary_format_minor_version", integer(5, 0)],
    ["build_epoch", Buffer.from([4, 2, 0x65, 0, 0, 0])],
    ["database_type", encoded("tiny")],
    ["languages", Buffer.from([0, 4])],
    ["description", pairs([])],
  ]);
  const start = Buffer.concat([Buffer.from([0xab, 0xcd, 0xef]), Buffer.from("MaxMind.com")]);
  return Buffer.concat([Buffer.from([...branch, ...branch]), Buffer.alloc(16), encoded(record), start, metadata]);
}

function encoded(value: Value): Buffer {
  if (typeof value === "string") return Buffer.concat([Buffer.from([(2 << 5) | value.length]), Buffer.from(value)]);
  if (typeof value === "object") return pairs(Object.entries(value).map(([name, one]) => [name, encoded(one)]));
  const double = Buffer.alloc(9);
  double[0] = (3 << 5) | 8;
  double.writeDoubleBE(value, 1);
  return double;
}

function pairs(entries: readonly (readonly [string, Buffer])[]): Buffer {
  return Buffer.concat([Buffer.from([(7 << 5) | entries.length]), ...entries.flatMap(([name, value]) => [encoded(name), value])]);
}

/** Type 5 or 6, of four bytes or fewer. */
function integer(type: 5 | 6, value: number): Buffer {
  return Buffer.from([(type << 5) | 1, value]);
}
