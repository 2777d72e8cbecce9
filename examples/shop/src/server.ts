import { app } from "./app.ts";
import { logger } from "./logger.ts";

const port = Number(process.env["PORT"] ?? 3000);
app.listen(port, () => logger.info({ port }, "shop is open"));
