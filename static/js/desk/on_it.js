// On the page of a case: the editor who looks at it is on it, and says so when they go away.

import { everySoOften, fetchNews } from "./polling.js";
import { _ } from "./words.js";

const RENEW_MILLISECONDS = 5 * 60_000;
const bar = () => document.getElementById("on-it");
let leasedAt = -Infinity;
let isLeft = false;

/** Take a lease on the case, keep it while the page is in sight, and give it back. */
export function listenForCompany() {
  if (!bar()) return;
  look();
  everySoOften(look);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) look();
  });
  document.getElementById("on-it-leave")?.addEventListener("submit", () => {
    isLeft = true;
  });
}

async function look() {
  const news = await fetchNews(bar().dataset.news);
  if (!news) return;
  const { version, status } = bar().dataset;
  if (news.status !== status || String(news.version) !== version) return tellOfChange(news);
  const isDue = performance.now() - leasedAt > RENEW_MILLISECONDS;
  const isMine = Boolean(news.on?.mine);
  if (!isLeft && (!news.on || (isMine && isDue))) return begin();
  show(news.on);
}

async function begin() {
  const answer = await post(bar().dataset.lease).catch(() => null);
  if (!answer?.ok) return;
  const { on } = await answer.json();
  if (on?.mine) leasedAt = performance.now();
  show(on);
}

function leave() {
  if (leasedAt === -Infinity) return;
  leasedAt = -Infinity;
  navigator.sendBeacon(bar().dataset.leave, body({ silently: "yes" }));
}

function post(address) {
  return fetch(address, { method: "POST", body: body({}), headers: { Accept: "application/json" } });
}

function body(fields) {
  const token = bar().querySelector('[name="csrf_token"]').value;
  return new URLSearchParams({ csrf_token: token, ...fields });
}

function show(on) {
  const words = document.getElementById("on-it-words");
  const text = !on ? _("Nobody is on this case.") : on.mine ? _("You are on this case.") : _("{name} is on it.", { name: on.name });
  if (words.textContent !== text) words.textContent = text;
  bar().classList.toggle("is-busy", Boolean(on && !on.mine));
  document.getElementById("on-it-begin").hidden = Boolean(on?.mine);
  document.getElementById("on-it-leave").hidden = !on?.mine;
}

function tellOfChange(news) {
  const words = document.getElementById("on-it-words");
  const text = news.status === "open" ? _("This case has changed meanwhile.") : _("This case was decided meanwhile.");
  if (words.dataset.said === text) return;
  words.dataset.said = text;
  const again = Object.assign(document.createElement("a"), { href: location.href, textContent: _("Show it as it is now") });
  words.replaceChildren(text, " ", again);
  bar().classList.add("is-busy");
}
