import { expect, it } from "vitest";
import { javascript } from "../../languages/javascript/index.ts";
import { createProject } from "../../project/project.ts";
import { viewOf } from "../../project/view.ts";
import { nestjs } from "../nestjs.ts";
import { dotted } from "../reading.ts";

const TEXT = `
import { Controller, Delete, Get, UseGuards, UseInterceptors } from "@nestjs/common";

@UseGuards(LoggedIn)
@Controller("users")
export class Users {
  @Roles("admin", Scope.ALL)
  @UseGuards(IsAdmin)
  @UseInterceptors(Audit)
  @Delete(":id")
  remove() {}

  @Get()
  list() {}
}
`;

const project = createProject("/", { texts: new Map([["users.ts", TEXT]]), manifests: [], notAnalysed: [] }, [javascript]);

it("brings the guards of the class before those of the method, and what other decorators say", () => {
  const [remove, list] = nestjs.handlers(viewOf(project.file("users.ts")!, project));
  expect(remove?.through?.map(dotted)).toEqual(["LoggedIn", "IsAdmin", "Audit"]);
  expect(remove?.hints).toEqual(["Roles", "admin", "ALL"]);
  expect(list?.through?.map(dotted)).toEqual(["LoggedIn"]);
  expect([remove?.readOnly, list?.readOnly]).toEqual([false, true]);
});
