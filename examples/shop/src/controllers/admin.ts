import type { Request, Response } from "express";
import { db } from "../db/connection.ts";
import { RoleService } from "../services/roles.ts";
import { removeUser } from "../services/users.ts";

export class AdminController {
  private readonly roles = new RoleService();

  changeRole = async (req: Request<{ id: string }>, res: Response): Promise<void> => {
    await this.roles.changeRole(req.user!.id, req.params.id, req.body.role);
    res.status(204).end();
  };

  deleteUser = async (req: Request<{ id: string }>, res: Response): Promise<void> => {
    await removeUser(req.params.id);
    res.status(204).end();
  };

  exportCustomers = async (_req: Request, res: Response): Promise<void> => {
    const customers = await db("users").where({ role: "customer" }).select("email", "name", "address", "phone");
    res.type("text/csv").send(customers.map((row) => Object.values(row).join(";")).join("\n"));
  };

  listOrders = async (req: Request, res: Response): Promise<void> => {
    res.json(await db("orders").orderBy("placed_at", "desc").limit(Number(req.query["limit"] ?? 50)));
  };
}
