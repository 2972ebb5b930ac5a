// Now and then asks what has changed: new cases, and who is on which case. Nothing moves by itself.

import { refresh } from "./rows.js";
import { everySoOften, fetchNews } from "./polling.js";
import { _, ngettext } from "./words.js";

/** Keep the queue's news and "Ann is on it" true while the queue is in sight. */
export function listenForNews() {
  if (document.getElementById("news")) everySoOften(ask);
}

/** Fill in how many cases each saved view has; once, for that is more work than a poll. */
export async function countViews() {
  const list = document.querySelector("[data-counts]");
  const counts = list && (await fetchNews(list.dataset.counts));
  for (const place of counts ? list.querySelectorAll("[data-view]") : []) {
    place.textContent = counts[place.dataset.view] ?? "";
  }
}

async function ask() {
  const place = document.getElementById("news");
  if (!place) return;
  const { since, site, address } = place.dataset;
  const news = await fetchNews(`${address}?${new URLSearchParams({ since, site })}`);
  if (!news) return;
  if (news.new && "offers" in place.dataset) offer(place, news.new);
  showWhoIsOn(news.on);
}

function showWhoIsOn(on) {
  for (const row of document.querySelectorAll("#cases .case")) {
    const tag = row.querySelector("[data-on-it]");
    const one = on[row.dataset.case];
    const isBusy = Boolean(one && !one.mine);
    if (!tag || (isBusy === !tag.hidden && (!isBusy || tag.dataset.name === one.name))) continue;
    tag.hidden = !isBusy;
    tag.dataset.name = isBusy ? one.name : "";
    tag.replaceChildren(...(isBusy ? isOnIt(one.name) : []));
  }
}

function isOnIt(name) {
  const [before, after] = _("{name} is on it").split("{name}");
  return [before, Object.assign(document.createElement("bdi"), { textContent: name }), after];
}

function offer(place, count) {
  const words = ngettext("{count} new case. Show it", "{count} new cases. Show them", count);
  const present = place.querySelector("button");
  if (present) {
    if (present.textContent !== words) present.textContent = words;
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small";
  button.textContent = words;
  button.addEventListener("click", () => {
    if (document.getElementById("cases")) refresh();
    else location.reload();
  });
  place.replaceChildren(button);
}
