import type { Expr } from "../../ir/nodes.ts";

/** Routers that have a file here; a file that imports one belongs to that one. */
export const KNOWN_ROUTERS =
  /^(?:github\.com\/(?:gin-gonic\/gin|labstack\/echo|gofiber\/fiber|go-chi\/chi|gorilla\/mux|julienschmidt\/httprouter|flamego\/flamego|kataras\/iris|cloudwego\/hertz|gobuffalo\/buffalo|go-macaron\/macaron)|gopkg\.in\/macaron)(?:[/.]|$)/;

/** What tells the routers of one library of Go, and how they take their handlers. */
export interface GoFamily {
  /** Import paths of the packages whose routers these are. */
  readonly packages: RegExp;
  /** Which of the arguments behind the path is the handler; the others stand in front of it. Default: the last. */
  readonly handler?: "first" | "last";
  /** All arguments behind the path run one after another, and each may answer (Macaron). Default: false. */
  readonly returnsErrors?: boolean;
  /** Believed without an import of the package: the handler must then be a function of the project. */
  readonly anywhere?: boolean;
  /** The type that middleware is given and gives back (`http.Handler`): a function of that shape is a gate, wherever it is put to use. */
  readonly wraps?: string;
}

/** A registration, its prefix put in. */
export interface GoRoute {
  readonly method: string;
  readonly path: string | undefined;
  readonly handler: Expr;
  readonly through: readonly Expr[];
}
