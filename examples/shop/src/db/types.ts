export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: "customer" | "clerk" | "admin";
  readonly passwordHash: string;
}

declare global {
  namespace Express {
    interface Request {
      user?: User;
    }
  }
}
