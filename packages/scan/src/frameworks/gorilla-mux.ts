import { goRouter } from "./go/framework.ts";

export const gorillaMux = goRouter({
  id: "gorilla-mux",
  title: "gorilla/mux",
  docs: "https://pkg.go.dev/github.com/gorilla/mux",
  enabledBy: { go: ["github.com/gorilla/mux"] },
  family: { packages: /^github\.com\/gorilla\/(?:mux|pat)$/ },
});
