/** What a correction changes, in whole words: [head, removed, added, tail]; removed and added are "" when nothing. */
export function changeOf(before, after) {
  const from = before.split(/(\s+)/);
  const to = after.split(/(\s+)/);
  let head = "";
  let tail = "";
  while (from.length && from[0] === to[0]) head += from.shift(to.shift());
  while (from.length && from[from.length - 1] === to[to.length - 1]) tail = from.pop(to.pop()) + tail;
  return [head, from.join(""), to.join(""), tail];
}
