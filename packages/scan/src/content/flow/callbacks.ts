/** What methods that are handed a function hand to it, and what they give. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** They hand each element to the function. */
export const EACH = words(`
  forEach each each_with_index map flatMap flat_map filter reject find findFirst some every any all any? all? detect select collect
  sortBy sort_by groupBy group_by partition takeWhile dropWhile for_each each_pair each_value Select Where ForEach Any All
  Enum.each Enum.map Enum.filter Enum.reject Enum.find Enum.any? Enum.all? Enum.flat_map Enum.map_join Enum.into Enum.group_by Stream.map
  onEach mapNotNull associateBy associateWith find_each in_batches array_map
`);

/** They hand the value itself to the function. */
export const WHOLE = words(`
  then tap let also run with ifPresent map_ok and_then map_err inspect subscribe andThen thenApply thenAccept thenCompose doOnNext doOnSuccess
  tap_some then_some use yield_self onSuccess onComplete Then ContinueWith transform
`);

/** What they give is what the function gives, for each element or for the value. */
export const GIVES = words(`
  map flatMap flat_map collect Select then let run with and_then andThen thenApply thenCompose Enum.map Enum.flat_map mapNotNull array_map map_ok
  yield_self Then ContinueWith
`);

/** They hand what was raised to the function. */
export const CAUGHT = words(
  `catch onError on_error doOnError catchError rescue onFailure exceptionally onErrorResume map_err or_else recover fail error`,
);

/** Methods that read a member by its name: `params.get("password")`. */
export const GETTERS = words(`
  get fetch dig getOrDefault get_or getString getInt getItem getHeader header headers Get GetValue getParameter get_header input post query
  param getParam value getValue cookie cookies only_one read_attribute getAttribute attr data FormValue PostFormValue PostForm DefaultPostForm
  Query Param Header GetHeader QueryParam GetString getAsString optString getlist getfirst getAll get_json str string Cookie Cookies Peek
  get_req_header getenv Getenv env var get_env fetch_env! fetch_env requireEnv GetSection first GetEnvironmentVariable getProperty
`);

/** Functions that read a member of their first argument by its name. */
export const READERS = words(`
  Map.get Map.fetch! Map.fetch Keyword.get Keyword.fetch! Keyword.fetch Access.get _.get Reflect.get getattr lodash.get get_in data_get
  Arr.get Plug.Conn.get_req_header get_req_header get_session Plug.Conn.get_session get_change get_field Ecto.Changeset.get_change
  Ecto.Changeset.get_field fetch_change! array_get
`);

/** Functions that give what they are given but these members. */
export const OMITS = words(
  `omit _.omit except without Map.drop Keyword.drop Map.delete Keyword.delete Map.reject omitBy Arr.except forget makeHidden`,
);

/** Functions that give nothing but these members of what they are given. */
export const PICKS = words(`pick _.pick only slice Map.take Keyword.take Arr.only values_at Struct.pick`);
