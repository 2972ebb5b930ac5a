/** A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then chance. Made without a secure context. */
export function uuid7() {
  const time = Date.now().toString(16).padStart(12, 0);
  const chance = (mark) => ((crypto.getRandomValues(new Uint8Array(1))[0] & (mark > 0 ? 3 : 15)) | mark).toString(16);
  return time.slice(0, 8) + "-" + time.slice(8) + "-7000-8000-000000000000".replace(/0|8/g, chance);
}
