/** Requests to the desk: without cookies, and without a word about where the reader is. */

/** Fetch `path`, relative to our own files. */
export function ask(path, options) {
  return fetch(new URL(path, import.meta.url), { credentials: "omit", referrerPolicy: "no-referrer", ...options });
}
