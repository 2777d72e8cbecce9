import { app } from "./app.ts";
import { fillSample } from "./db/sample.ts";
import { logger } from "./logger.ts";

if (process.env["DATABASE_URL"] === undefined) await fillSample();
const port = Number(process.env["PORT"] ?? 3000);
app.listen(port, () => logger.info({ port }, "shop is open"));
