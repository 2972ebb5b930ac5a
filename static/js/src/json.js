/** JSON without half characters: lone surrogates become U+FFFD, so that no server has to read them. */
export function toJson(value) {
  return JSON.stringify(value, (_, text) => text?.toWellFormed?.() ?? text);
}
