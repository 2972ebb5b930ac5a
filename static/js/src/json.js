/**
 * JSON as the standard has it. Old libraries give Array and String a toJSON of their own (Prototype 1.6 turns "a" into
 * "\"a\""), which JSON.stringify obeys. Lone surrogates become U+FFFD: no server should have to read them.
 */
const SPECIAL = /[\ud800-\udbff][\udc00-\udfff]|["\\\u0000-\u001f\ud800-\udfff]/g;

function escape(sign) {
  if (sign.length > 1) return sign;
  if (sign === '"' || sign === "\\") return "\\" + sign;
  return sign < " " ? "\\u" + (sign.charCodeAt(0) + 0x10000).toString(16).slice(1) : "\ufffd";
}

const quote = (text) => '"' + text.replace(SPECIAL, escape) + '"';

/** Write `value` (null, text, numbers, booleans, arrays, plain objects) as JSON; undefined members are left out. */
export function toJson(value) {
  if (typeof value === "string") return quote(value);
  if (value === null || typeof value !== "object") return value === undefined ? "null" : String(value);
  let inner = "";
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) inner += (i ? "," : "") + toJson(value[i]);
    return "[" + inner + "]";
  }
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined) inner += (inner && ",") + quote(key) + ":" + toJson(value[key]);
  }
  return "{" + inner + "}";
}
