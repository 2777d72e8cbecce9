/**
 * Remembers the answers of a function of one text. Clients come back, proxies are few, and reading an address costs more than
 * the rest of a request's context. Forgets all when it holds `most`, so that strangers cannot fill the memory.
 */
export function remembering<T>(fn: (text: string) => T, most = 2_000): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = fn(text);
    if (answers.size >= most) answers.clear();
    answers.set(text, answer);
    return answer;
  };
}
