// Now and then asks whether new cases have come in; nothing moves until the editor wants it.

import { refresh } from "./rows.js";

const EVERY_MILLISECONDS = 30_000;

/** Ask every half minute while the queue is in sight. */
export function listenForNews() {
  if (!document.getElementById("news")) return;
  setInterval(ask, EVERY_MILLISECONDS);
  document.addEventListener("visibilitychange", ask);
}

async function ask() {
  const place = document.getElementById("news");
  if (!place || document.visibilityState !== "visible" || !navigator.onLine) return;
  const { since, site, address } = place.dataset;
  try {
    const answer = await fetch(`${address}?${new URLSearchParams({ since, site })}`, {
      headers: { Accept: "application/json" },
    });
    if (!answer.ok || answer.redirected) return;
    const { new: count } = await answer.json();
    if (count) offer(place, count);
  } catch {
    // Offline or restarting: the next round asks again.
  }
}

function offer(place, count) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small";
  button.textContent = count === 1 ? "1 new case. Show it" : `${count} new cases. Show them`;
  button.addEventListener("click", () => {
    if (document.getElementById("cases")) refresh();
    else location.reload();
  });
  place.replaceChildren(button);
}
