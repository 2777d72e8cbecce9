import { randomUUID } from "node:crypto";
import type { Knex } from "knex";
import { hashPassword } from "../security/passwords.ts";
import { db } from "./connection.ts";

const owned = (table: Knex.CreateTableBuilder): void => {
  table.uuid("id").primary().defaultTo(db.fn.uuid());
  table.uuid("user_id");
};

const tables: Record<string, (table: Knex.CreateTableBuilder) => void> = {
  users: (table) => {
    table.uuid("id").primary().defaultTo(db.fn.uuid());
    for (const name of ["email", "name", "role", "passwordHash", "address", "phone"]) table.string(name);
  },
  partners: (table) => {
    table.uuid("id").primary();
    for (const name of ["code", "password_hash"]) table.string(name);
  },
  sessions: owned,
  api_tokens: (table) => {
    owned(table);
    for (const name of ["label", "token"]) table.string(name);
  },
  reset_tokens: (table) => {
    owned(table);
    table.string("token");
    table.timestamp("expires_at");
  },
  orders: (table) => {
    owned(table);
    table.timestamp("placed_at");
  },
  audit_log: (table) => {
    for (const name of ["event", "actor", "target", "outcome", "ip"]) table.string(name);
    table.timestamp("at");
  },
  products: (table) => {
    table.uuid("id").primary();
    table.string("name");
    table.boolean("hidden");
  },
};

/** Fills a database in memory: an administrator and a supplier, who can sign in. */
export async function fillSample(): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) await db.schema.createTable(name, columns);
  await db("users").insert({ email: "ada@shop.example", name: "Ada", role: "admin", passwordHash: await hashPassword("analytical engine") });
  await db("partners").insert({ id: randomUUID(), code: "acme", password_hash: await hashPassword("anvil") });
}
