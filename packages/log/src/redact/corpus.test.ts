import { fieldsOfSecurityEvents } from "@telltale/vocabulary";
import { expect, test } from "vitest";
import { ordinaryMembers } from "./harness/ordinary-members.ts";
import { ordinaryTexts } from "./harness/ordinary-texts.ts";
import { createRedactor } from "./index.ts";

const redactor = createRedactor();

test("ordinary members pass unharmed", () => {
  const harmed = ordinaryMembers.filter(
    ([name, value]) => JSON.stringify(redactor.value({ [name]: value })) !== JSON.stringify({ [name]: value }),
  );
  expect(harmed).toEqual([]);
});

test("ordinary texts pass unharmed", () => {
  expect(ordinaryTexts.map((text) => redactor.text(text))).toEqual(ordinaryTexts);
});

test("what security events must say passes unharmed, as a name and in the text", () => {
  for (const name of fieldsOfSecurityEvents) {
    expect(redactor.value({ [name]: "value-1" })).toEqual({ [name]: "value-1" });
    expect(redactor.text(`${name}=value-1`)).toBe(`${name}=value-1`);
  }
});

test("the rate, for `npm run prove:redaction`", () => {
  const members = ordinaryMembers.filter(
    ([name, value]) => JSON.stringify(redactor.value({ [name]: value })) === JSON.stringify({ [name]: value }),
  );
  const texts = ordinaryTexts.filter((text) => redactor.text(text) === text);
  const all = ordinaryMembers.length + ordinaryTexts.length;
  const passed = members.length + texts.length;
  process.stdout.write(`ordinary values that pass unharmed: ${passed} of ${all} (${((100 * passed) / all).toFixed(1)} %)\n`);
  expect(passed).toBe(all);
});

test("numbers of orders in the usual shapes pass unharmed", () => {
  let state = 20261121;
  const digit = (): number => {
    state = (state * 48271) % 2147483647;
    return state % 10;
  };
  const shapes = [
    "#########",
    "##########",
    "############",
    "ORD-########",
    "####-######",
    "###-#######-#######",
    "INV-2026-####",
    "2026112#-####",
    "#############",
    "AB#########",
    "1Z########",
  ];
  const harmed = shapes.map((shape) => {
    let count = 0;
    for (let n = 0; n < 1000; n++) {
      const order = shape.replace(/#/g, () => String(digit()));
      if (redactor.text(`Order ${order} paid`) !== `Order ${order} paid`) count++;
    }
    return [shape, count];
  });
  expect(harmed.filter(([, count]) => Number(count) > 0)).toEqual([]);
});
