import { goRouter } from "./go/framework.ts";

export const gin = goRouter({
  id: "gin",
  title: "Gin",
  docs: "https://gin-gonic.com/en/docs/",
  enabledBy: { go: ["github.com/gin-gonic/gin"] },
  family: { packages: /^github\.com\/gin-gonic\/gin$/ },
  request: { ip: "c.ClientIP()", actor: null, requestId: 'c.GetHeader("X-Request-Id")', userAgent: "c.Request.UserAgent()" },
});
