// How far the search for the same error on other pages is, kept true while the page is in sight.

import { everySoOften, fetchNews } from "./polling.js";

/** Follow a search that is under way; its own page is drawn anew when it is over. */
export function listenForPlaces() {
  if (document.querySelector("#elsewhere-news[data-address]")) everySoOften(ask);
}

async function ask() {
  const place = document.getElementById("elsewhere-news");
  const address = place?.dataset.address;
  const news = address ? await fetchNews(address) : null;
  if (!news) return;
  if (place.textContent !== news.text) place.textContent = news.text;
  const bar = document.getElementById("elsewhere-progress");
  if (bar && news.pages) Object.assign(bar, { max: news.pages, value: news.read });
  if (news.running) return;
  delete place.dataset.address;
  if ("reloads" in place.dataset) location.reload();
}
