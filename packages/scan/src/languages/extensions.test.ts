import { expect, it } from "vitest";
import { extensions } from "./extensions.ts";
import { languages } from "./index.ts";

it("the endings are those of the languages", () => {
  expect(extensions).toEqual(languages.flatMap((language) => language.extensions));
});
