/**
 * A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then chance. The chance is that of a blob's address, which
 * ends in a UUID of version 4 and needs no secure context.
 */
export function uuid7() {
  const time = Date.now().toString(16).padStart(12, 0);
  return time.replace(/.{8}/, "$&-") + "-7" + URL.createObjectURL(new Blob()).slice(-21);
}
