import { Router } from "express";
import { AdminController } from "../controllers/admin.ts";
import { requireAdmin } from "../middleware/require-admin.ts";

const admin = new AdminController();

export const adminRouter = Router();

adminRouter.use(requireAdmin);
adminRouter.put("/users/:id/role", admin.changeRole);
adminRouter.delete("/users/:id", admin.deleteUser);
adminRouter.get("/customers/export", admin.exportCustomers);
adminRouter.get("/orders", admin.listOrders);
