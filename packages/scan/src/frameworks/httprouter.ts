import { goRouter } from "./go/framework.ts";

export const httprouter = goRouter({
  id: "httprouter",
  title: "HttpRouter",
  docs: "https://pkg.go.dev/github.com/julienschmidt/httprouter",
  enabledBy: { go: ["github.com/julienschmidt/httprouter", /^github\.com\/(?:dimfeld\/httptreemux|uptrace\/bunrouter)/] },
  family: { packages: /^github\.com\/(?:julienschmidt\/httprouter|dimfeld\/httptreemux|uptrace\/bunrouter)/ },
});
