import { goRouter } from "./go/framework.ts";

export const netHttp = goRouter({
  id: "net-http",
  title: "net/http",
  docs: "https://pkg.go.dev/net/http#ServeMux",
  enabledBy: { imports: ["net/http"] },
  family: { packages: /^net\/http$/, wraps: "http.Handler" },
});
