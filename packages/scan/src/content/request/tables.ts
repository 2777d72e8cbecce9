import type { RequestTable } from "./part.ts";

/** What stands for the request in the frameworks of JavaScript: Express, Fastify, Koa, Hono, Hapi, Next.js, Remix, h3, AdonisJS. */
const JS_REQUEST = String.raw`(?:(?:\w+\.)?(?:req|request)|ctx|context|c)`;
const js = (tail: string): RegExp => new RegExp(`^(?:this\\.)?${JS_REQUEST}\\.${tail}`);

const javascript: RequestTable = {
  languages: ["javascript"],
  reads: [
    { part: "body", path: js(String.raw`(?:request\.)?(?:body|payload)\.\w`), ofParameter: true },
    { part: "query", path: js(String.raw`(?:request\.)?query\.\w`), ofParameter: true },
    { part: "query", path: js(String.raw`(?:nextUrl\.)?searchParams\.\w`), ofParameter: true },
    { part: "path", path: js(String.raw`params\.\w`), ofParameter: true },
    { part: "cookie", path: js(String.raw`cookies\.\w`), ofParameter: true },
    { part: "upload", path: js(String.raw`files?(?:\.\w+)*\.originalname$`), ofParameter: true },
    { part: "body", path: js(String.raw`(?:json|formData|parseBody)\(\)\.\w`) },
    { part: "body", text: /^(?:await)?(?:\w+\.)?(?:req|request)\.text\(\)$/ },
    { part: "parameter", text: /^(?:ctx|context|c)\.req\.(?:query|param)\(["'`]/ },
    { part: "parameter", text: /^(?:ctx\.)?request\.(?:input|param)\(["'`]/ },
    { part: "query", path: /^new URL\(\)\.searchParams\.\w|^(?:url\.)?parse\(\)\.query\.\w/ },
    // AWS Lambda: the proxy event of API Gateway decodes both.
    { part: "query", path: /^event\.(?:queryStringParameters|pathParameters)\.\w/, ofParameter: true },
    { part: "body", path: /^JSON\.parse\(\)\.\w/, text: /^JSON\.parse\((?:event|req|request|ctx\.request)\.(?:raw)?[bB]ody\b/ },
    // h3, and what Nuxt brings in without an import.
    { part: "body", path: /^readBody\(\)\.\w/ },
    { part: "query", path: /^getQuery\(\)\.\w/, text: /^getQuery\(event\)/ },
    { part: "path", text: /^getRouterParam\(event/ },
  ],
  given: [
    { part: "body", decorator: /^Body(?:Param)?$/ },
    { part: "query", decorator: /^Query(?:Param)?s?$/ },
    { part: "path", decorator: /^Param$/ },
  ],
  handlers: { takesApart: true },
};

/** Flask, Django, Django REST framework, FastAPI and Starlette, aiohttp, Sanic, Tornado, Bottle. */
const python: RequestTable = {
  languages: ["python"],
  reads: [
    { part: "query", path: /^(?:this\.)?(?:flask\.)?request\.(?:args|GET|query_params|query|rel_url\.query)\.\w/ },
    { part: "body", path: /^(?:this\.)?(?:flask\.)?request\.(?:form|values|json|POST|data|forms|vars)\.\w/ },
    { part: "body", path: /^(?:this\.)?(?:flask\.)?request\.(?:get_json|json|form|post)\(\)\.\w/ },
    { part: "body", path: /^json\.loads\(\)\.\w/, text: /^json\.loads\((?:self\.)?request\.(?:body|data|get_data)\b/ },
    { part: "body", text: /^(?:self\.)?(?:flask\.)?request\.(?:body|data)\.decode\(|^(?:flask\.)?request\.get_data\(as_text=True\)/ },
    { part: "path", path: /^(?:this\.)?request\.(?:path_params|match_info|matchdict|view_args)\.\w/ },
    // Django, Flask and Starlette decode the path.
    { part: "path", path: /^(?:this\.)?(?:flask\.)?request\.path(?:_info)?$/ },
    { part: "cookie", path: /^(?:this\.)?(?:flask\.)?request\.(?:cookies|COOKIES)\.\w/ },
    { part: "upload", path: /^(?:this\.)?(?:flask\.)?request\.(?:files|FILES)\.[\w]+\.(?:file)?name$/ },
    { part: "parameter", text: /^self\.get_(?:(?:query|body)_)?argument\(/ },
  ],
  given: [
    { part: "body", default: /^(?:fastapi\.)?(?:Form|Body)\(/, typed: true },
    { part: "query", default: /^(?:fastapi\.)?Query\(/, typed: true },
    { part: "path", default: /^(?:fastapi\.)?Path\(/, typed: true },
  ],
  handlers: { byPath: true, byType: true },
};

/** Rails, Sinatra, Grape, Hanami, Roda. */
const ruby: RequestTable = {
  languages: ["ruby"],
  reads: [
    {
      part: "parameter",
      path: /^(?:this\.)?(?:request\.|r\.)?params(?:\(\))?(?:\.(?!(?:controller|action)$)\w|(?:\.(?:require|permit|expect)\(\))+\.\w)/,
    },
    { part: "cookie", path: /^(?:this\.)?(?:request\.)?cookies(?:\(\))?\.\w/ },
    { part: "body", text: /^request\.(?:body\.read|raw_post)\b/ },
    { part: "upload", path: /\bparams(?:\(\))?(?:\.\w+)*\.original_filename/ },
  ],
  given: [],
};

/** Plug and Phoenix. */
const elixir: RequestTable = {
  languages: ["elixir"],
  reads: [
    { part: "parameter", path: /^conn\.(?:params|path_params)\.\w/ },
    { part: "body", path: /^conn\.body_params\.\w/ },
    { part: "query", path: /^conn\.query_params\.\w/ },
    { part: "cookie", path: /^conn\.(?:req_)?cookies\.\w/ },
  ],
  given: [],
  handlers: { mapAt: 1 },
};

/** net/http, gorilla/mux, chi, httprouter, Gin, Echo, Fiber, Iris, Beego. */
const go: RequestTable = {
  languages: ["go"],
  reads: [
    { part: "query", text: /^[\w.]+\.URL\.Query\(\)/ },
    { part: "body", text: /^(?:\w+\.)+(?:FormValue|PostFormValue|PostForm\.Get|Form\.Get|PostForm|DefaultPostForm|GetPostForm)\(/ },
    { part: "body", text: /^(?:\w+\.)*(?:r|req|request)\.(?:Post)?Form\[/ },
    // net/http decodes the path, and the parts that routers cut out of it.
    { part: "path", text: /^[\w.]+\.URL\.Path$|^[\w.]+\.PathValue\(|^mux\.Vars\(|^chi\.URLParam(?:FromCtx)?\(|^\w+\.ByName\("/ },
    {
      part: "parameter",
      text: /^(?:c|ctx|gctx|ginCtx|context)\.(?:Param|Params|Query|DefaultQuery|GetQuery|QueryParam|URLParam|GetString)\("/,
    },
  ],
  given: [],
  fills: /^(?:(?:Should|Must)?Bind\w*|BodyParser|QueryParser|FormParser|Decode|Unmarshal|ReadJSON|ReadForm|ReadQuery|DecodeJSON|BindBody)$/,
};

/** Servlets, Spring, JAX-RS, Micronaut, Ktor. Cookies are not decoded there. */
const jvm: RequestTable = {
  languages: ["java", "kotlin"],
  annotated: true,
  reads: [
    {
      part: "parameter",
      text: /^(?:\w+\.)*\w*(?:req|request|context|ctx)\w*(?:\(\))?\.(?:getParameter|getParameterValues|getRequestParameter|queryParam|formParam|pathParam)\(/i,
    },
    { part: "upload", text: /^[\w.]+\.(?:getOriginalFilename\(\)|getSubmittedFileName\(\)|originalFilename)$/ },
    { part: "parameter", text: /^(?:this\.)?call\.(?:parameters|request\.queryParameters|receiveParameters\(\))\[/ },
    { part: "body", path: /^call\.receive\(\)\.\w/ },
    { part: "body", text: /^call\.receiveText\(\)$/ },
  ],
  given: [
    { part: "query", decorator: /^(?:RequestParam|QueryParam|QueryValue|RestQuery)$/, typed: true },
    { part: "path", decorator: /^(?:PathVariable|PathParam|RestPath|MatrixVariable|MatrixParam)$/, typed: true },
    { part: "body", decorator: /^(?:RequestBody|FormParam|RestForm|ModelAttribute|Body|RequestPart)$/, typed: true },
  ],
  handlers: { byType: true },
};

/** The language itself, Laravel, Symfony, Slim and what else follows PSR-7. */
const php: RequestTable = {
  languages: ["php"],
  reads: [
    { part: "query", path: /^_GET\.\w/ },
    { part: "body", path: /^_POST\.\w/ },
    { part: "parameter", path: /^_REQUEST\.\w/ },
    { part: "cookie", path: /^_COOKIE\.\w/ },
    { part: "upload", path: /^_FILES\.\w+\.name/ },
    { part: "body", text: /^file_get_contents\(["']php:\/\/input["']\)$/ },
    {
      part: "parameter",
      text: /^(?:this\.)?request(?:\(\))?\.(?:input|get|post|query|route|string|str|cookie|getParam|getQuery|getPost|getVar)\(["']/,
    },
    { part: "parameter", text: /^request\(["']/ },
    { part: "parameter", text: /^(?:this\.)?request(?:\(\))?\.(?:query|request|cookies|attributes)\.get\(["']/ },
    { part: "body", path: /^(?:this\.)?request\.(?:getParsedBody|getQueryParams|all|validated|toArray)\(\)\.\w/ },
    { part: "body", text: /^(?:this\.)?request\.getContent\(\)$/ },
    { part: "upload", text: /^[\w.]+(?:\(["']\w+["']\))?\.getClient(?:OriginalName|Filename)\(\)$/ },
  ],
  given: [],
  handlers: { byPath: true },
};

/** ASP.NET Core. A path is encoded again where it is written, its `Value` is not. */
const csharp: RequestTable = {
  languages: ["csharp"],
  reads: [
    { part: "query", path: /^(?:\w+\.)*(?:[rR]equest|req)\.(?:Query|QueryString)\.(?!Count$|Keys$|Value$|HasValue$)\w/ },
    { part: "body", path: /^(?:\w+\.)*(?:[rR]equest|req)\.(?:Form|Params)\.\w/ },
    { part: "parameter", text: /^(?:\w+\.)*[rR]equest\[/ },
    { part: "path", path: /^(?:\w+\.)*(?:[rR]equest|req)\.(?:RouteValues\.\w|Path\.Value)/ },
    { part: "cookie", path: /^(?:\w+\.)*(?:[rR]equest|req)\.Cookies\.\w/ },
  ],
  given: [
    { part: "query", decorator: /^FromQuery$/, typed: true },
    { part: "path", decorator: /^FromRoute$/, typed: true },
    { part: "body", decorator: /^From(?:Body|Form)$/, typed: true },
  ],
  handlers: { byType: true },
};

/** Extractors of axum, Actix Web, Rocket and poem, as they stand behind the parameter. */
const rust: RequestTable = {
  languages: ["rust"],
  reads: [],
  given: [
    { part: "path", behind: /^\)?\s*:\s*(?:\w+::)*Path\s*</, typed: true },
    { part: "query", behind: /^\)?\s*:\s*(?:\w+::)*Query\s*</, typed: true },
    { part: "body", behind: /^\)?\s*:\s*(?:\w+::)*(?:Json|Form|TypedMultipart)\s*</, typed: true },
  ],
};

export const requestTables: readonly RequestTable[] = [javascript, python, ruby, elixir, go, jvm, php, csharp, rust];
