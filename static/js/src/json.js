/** JSON as the standard has it, on pages whose libraries changed what JSON.stringify obeys. */

/**
 * Write `value` as JSON. Prototype 1.6 gives arrays and texts a toJSON that turns "a" into "\"a\"": it is set aside for
 * the moment. Half characters (lone surrogates) become U+FFFD: no server should have to read them.
 */
export function toJson(value) {
  const kept = [];
  for (const { prototype } of [Object, Array, String]) {
    const own = Object.getOwnPropertyDescriptor(prototype, "toJSON");
    if (own && Reflect.deleteProperty(prototype, "toJSON")) kept.push([prototype, own]);
  }
  try {
    return JSON.stringify(value, (_, text) => text?.toWellFormed?.() ?? text);
  } finally {
    for (const [prototype, own] of kept) Object.defineProperty(prototype, "toJSON", own);
  }
}
