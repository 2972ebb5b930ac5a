/** A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then chance. Made without a secure context. */
export function uuid7(now = Date.now(), bytes = crypto.getRandomValues(new Uint8Array(16))) {
  for (let i = 5; i >= 0; i--, now = Math.floor(now / 256)) bytes[i] = now % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  let id = "";
  for (let i = 0; i < 16; i++) {
    id += (/^(4|6|8|10)$/.test(i) ? "-" : "") + (bytes[i] + 256).toString(16).slice(1);
  }
  return id;
}
