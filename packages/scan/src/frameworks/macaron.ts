import { goRouter } from "./go/framework.ts";

export const macaron = goRouter({
  id: "macaron",
  title: "Macaron",
  docs: "https://go-macaron.com/",
  enabledBy: { go: [/^(?:gopkg\.in\/macaron\.v\d+|github\.com\/go-macaron\/macaron)$/] },
  family: { packages: /^(?:gopkg\.in\/macaron\.v\d+|github\.com\/go-macaron\/macaron)$/ },
  request: { ip: "c.RemoteAddr()", actor: null, requestId: null, userAgent: "c.Req.UserAgent()" },
});
