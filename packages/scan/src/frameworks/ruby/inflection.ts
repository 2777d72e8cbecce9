/** The plural of a resource's name, as regular words have it: which controller a singular resource means. https://guides.rubyonrails.org/routing.html#singular-resources */
export function pluralOf(word: string): string {
  if (/(?:ss|us|is|x|z|ch|sh)$/.test(word)) return `${word}es`;
  if (word.endsWith("s")) return word;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

export function singularOf(word: string): string {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

/** `admin/user_sessions` and `Admin.UserSessionsController` → `adminusersessions`: paths of controllers and their classes are one. */
export function controllerKey(name: string): string {
  return name
    .replace(/Controller$/, "")
    .replace(/[^A-Za-z0-9]/g, "")
    .toLowerCase();
}
