import knex from "knex";
import pgLite from "knex-pglite";

const url = process.env["DATABASE_URL"];

/** A PostgreSQL server where one is named; else a database in memory, gone when the shop closes. */
export const db = url === undefined ? knex({ client: pgLite, connection: {} }) : knex({ client: "pg", connection: url });
