/** What a correction changes, in whole words: {head, removed, added, tail}; removed and added are "" when nothing. */
export function changeOf(before, after) {
  let head = 0;
  let tail = 0;
  const least = Math.min(before.length, after.length);
  while (head < least && before[head] === after[head]) head++;
  if (head === before.length && head === after.length) return { head: before, removed: "", added: "", tail: "" };
  while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  while (head && !/\s/.test(before[head - 1])) head--;
  while (tail && !/\s/.test(before[before.length - tail])) tail--;
  return {
    head: before.slice(0, head),
    removed: before.slice(head, before.length - tail),
    added: after.slice(head, after.length - tail),
    tail: before.slice(before.length - tail),
  };
}
