import { setTimeout as timeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { contextOf } from "./request-context.ts";
import { contextSettings } from "./settings.ts";
import { currentContext, identify, runInContext } from "./store.ts";

function request(id: string) {
  return contextOf({ header: (name) => (name === "x-request-id" ? id : undefined) }, contextSettings());
}

describe("identify", () => {
  it("tags later events, also of work that began before, and leaves other requests alone", async () => {
    const before: Promise<unknown>[] = [];
    const one = request("one");
    await runInContext(one, async () => {
      before.push(timeout(20).then(() => currentContext()?.actor));
      await timeout(1);
      await deep();
    });
    async function deep() {
      await timeout(1);
      expect(identify({ id: "7", type: "admin" }, { tenant: "acme", session: "hash" })).toBe(true);
    }
    const other = await runInContext(request("two"), async () => (await timeout(5), currentContext()));
    expect(await before[0]).toMatchObject({ id: "7", type: "admin" });
    expect(one).toMatchObject({ actor: { id: "7" }, tenant: "acme", session: "hash" });
    expect(other).toMatchObject({ actor: undefined, tenant: undefined, session: undefined });
  });

  it("does nothing outside of a request, and says so", async () => {
    expect(identify({ id: "7" })).toBe(false);
    expect(currentContext()).toBeUndefined();
    expect(runInContext(request("one"), () => currentContext()?.actor)).toBeUndefined();
    expect(runInContext(request("one"), () => runInContext(undefined, () => identify({ id: "7" })))).toBe(false);
  });

  it("takes the actor away after a logout, and keeps the tenant", () => {
    runInContext(request("one"), () => {
      identify({ id: "7" }, { tenant: "acme" });
      expect(identify(undefined)).toBe(true);
      expect(currentContext()).toMatchObject({ actor: undefined, tenant: "acme" });
    });
  });

  it("keeps the fields of an actor and nothing else of the user that was passed, as they were", () => {
    const user = { id: "7", name: "Ann", passwordHash: "$2b$10$abc", effective: { id: "8", token: "secret" } };
    runInContext(request("one"), () => {
      identify(user);
      user.name = "changed";
      expect(JSON.parse(JSON.stringify(currentContext()?.actor))).toEqual({ id: "7", name: "Ann", effective: { id: "8" } });
    });
  });

  it("reads IDs that the types forbid, and refuses what is none, without throwing", () => {
    const objectId = { toString: () => "64f0c0ffee" };
    const accepted: unknown[] = [7, "7", { id: 7 }, { id: 7n }, { id: objectId }];
    const thrower = {
      get id() {
        throw new Error("as planned");
      },
    };
    const badId = { toString: () => expect.fail("as planned") };
    const refused: unknown[] = [null, "", {}, { id: "" }, { id: {} }, { id: null }, { id: badId }, { id: Symbol("7") }, thrower];
    runInContext(request("one"), () => {
      for (const actor of accepted) expect(identify(actor as never)).toBe(true);
      expect(currentContext()?.actor?.id).toBe("64f0c0ffee");
      for (const actor of refused) expect(identify(actor as never)).toBe(false);
      expect(identify({ id: "8" }, null as never)).toBe(true);
      expect(currentContext()?.actor?.id).toBe("8");
    });
  });

  it("reaches the parts of a request, and from a part the whole", () => {
    const whole = request("one");
    const part = whole.at(() => "part");
    runInContext(part, () => identify({ id: "7" }));
    expect(whole.actor).toMatchObject({ id: "7" });
    expect(part.request).toMatchObject({ id: "one", route: "part" });
  });
});

describe("the store", () => {
  it("is one for all copies of this module in a process, as bundlers make them", async () => {
    const query = "./store.ts?copy";
    const copy = (await import(/* @vite-ignore */ query)) as typeof import("./store.ts");
    expect(copy.currentContext).not.toBe(currentContext);
    runInContext(request("one"), () => {
      expect(copy.currentContext()?.request.id).toBe("one");
      expect(copy.identify({ id: "7" })).toBe(true);
      expect(currentContext()?.actor?.id).toBe("7");
    });
  });

  it("returns and throws what the function does", () => {
    expect(runInContext(request("one"), () => 7)).toBe(7);
    expect(() => runInContext(request("one"), () => expect.fail("as planned"))).toThrow("as planned");
    expect(currentContext()).toBeUndefined();
  });
});
