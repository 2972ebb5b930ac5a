/** What a correction changes, in whole words: {head, removed, added, tail}; removed and added are "" when nothing. */
export function changeOf(before, after) {
  let head = 0;
  let tail = 0;
  const least = Math.min(before.length, after.length);
  while (head < least && before[head] === after[head]) head++;
  if (head === before.length && head === after.length) return { head: before, removed: "", added: "", tail: "" };
  while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  while (!(atEdge(before, head) && atEdge(after, head))) head--;
  while (!(atEdge(before, before.length - tail) && atEdge(after, after.length - tail))) tail--;
  return {
    head: before.slice(0, head),
    removed: before.slice(head, before.length - tail),
    added: after.slice(head, after.length - tail),
    tail: before.slice(before.length - tail),
  };
}

/** True between words. */
function atEdge(text, at) {
  return at === 0 || at === text.length || /\s/.test(text[at - 1]) || /\s/.test(text[at]);
}
