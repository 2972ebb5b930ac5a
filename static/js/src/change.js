/** What a correction changes, in whole words: [head, removed, added, tail]; removed and added are "" when nothing. */
export function changeOf(before, after) {
  let head = 0;
  let tail = 0;
  const from = (text) => text.length - tail;
  const least = Math.min(before.length, after.length);
  while (head < least && before[head] === after[head]) head++;
  if (before === after) return [before, "", "", ""];
  while (tail < least - head && before[from(before) - 1] === after[from(after) - 1]) tail++;
  while (!atEdge(before, head) || !atEdge(after, head)) head--;
  while (!atEdge(before, from(before)) || !atEdge(after, from(after))) tail--;
  return [before.slice(0, head), before.slice(head, from(before)), after.slice(head, from(after)), before.slice(from(before))];
}

/** True between words. */
function atEdge(text, at) {
  return !at || at === text.length || /\s/.test(text[at - 1] + text[at]);
}
