import { Router } from "express";
import { db } from "../db/connection.ts";
import { requireUser } from "../middleware/require-user.ts";

export const catalogueRouter = Router();

catalogueRouter.get("/products", async (req, res) => {
  const products = await db("products").where({ hidden: false }).limit(50);
  res.json(products);
});

catalogueRouter.get("/products/:id", async (req, res) => {
  const product = await db("products").where({ id: req.params.id }).first();
  if (product === undefined) {
    res.status(404).json({ error: "no such product" });
    return;
  }
  res.json(product);
});

catalogueRouter.post("/products/:id/reviews", requireUser, async (req, res) => {
  const { stars, text } = req.body;
  if (!(stars >= 1 && stars <= 5)) {
    res.status(400).json({ error: "one to five stars" });
    return;
  }
  await db("reviews").insert({ product_id: req.params.id, user_id: req.user!.id, stars, text });
  res.status(201).end();
});

catalogueRouter.post("/cart/items", requireUser, async (req, res) => {
  await db("cart_items").insert({ user_id: req.user!.id, product_id: req.body.productId, count: req.body.count });
  res.status(201).end();
});

catalogueRouter.delete("/cart/items/:id", requireUser, async (req, res) => {
  await db("cart_items").where({ id: req.params.id, user_id: req.user!.id }).delete();
  res.status(204).end();
});
