/** Values that are none, or are redacted already. */
const nothing =
  /(?:null|undefined|nil|none|true|false|yes|no|on|off|\*{3,}|•{3,}|x{4,}|-|\[(?:redacted(?::\w{1,40})?|filtered|masked|hidden|circular|object Object|object|redaction failed|too deep|truncated)\]|<(?:redacted|hidden|secret|masked|filtered)>|\[?REDACTED\]?)(?=$|[\s,;&|"'`)}\]<.\\%])/iy;

/** What a sentence says of a secret behind a colon: `token: expired`. */
const status =
  /(?:(?:is|was|has|must|should|cannot|can't|does|did|not|no|too|at least|missing|required|invalid|expired|revoked|malformed|incorrect|wrong|mismatch(?:ed)?|empty|blank|unknown|unsupported|unexpected|failed|failure|denied|refused|rejected|granted|ok|okay|success|successful|succeeded|valid|verified|unverified|changed|updated|created|deleted|removed|rotated|reset|started|ended|closed|opened|present|absent|disabled|enabled|optional|weak|short|long|jwt|signature|number|boolean|object)(?=$|[\s,.;:!?)\]}"'`]))/iy;

/** What a permission says behind its object: `token:read`. */
const permission =
  /(?:read|write|readwrite|admin|create|delete|update|list|get|manage|rotate|revoke|use|view|edit|full|all|\*)(?=$|[\s,;"'`)\]}])/iy;

export function isPermission(text: string, at: number): boolean {
  permission.lastIndex = at;
  return permission.test(text);
}

export function isNothing(text: string, at: number): boolean {
  nothing.lastIndex = at;
  return nothing.test(text);
}

export function isStatus(text: string, at: number): boolean {
  status.lastIndex = at;
  return status.test(text);
}

export function isHarmlessWord(word: string): boolean {
  nothing.lastIndex = 0;
  if (nothing.test(word) && nothing.lastIndex === word.length) return true;
  status.lastIndex = 0;
  return status.test(word) && status.lastIndex === word.length;
}
