// The bar that says when the desk's server is away, when it is back, and when an answer takes long. Its words stand in
// the page.

const SLOW_MILLISECONDS = 700;
const BACK_MILLISECONDS = 4000;
const FIRST_TRY_MILLISECONDS = 2000;
const LONGEST_PAUSE_MILLISECONDS = 30_000;
const bar = () => document.getElementById("connection");
const whenBack = new Set();
let isAway = false;
let timer;
let underWay = 0;
let slow;

/** Watch the browser's own word on the network, and whether an answer takes long. */
export function watchConnection() {
  if (!bar()) return;
  window.addEventListener("offline", goneAway);
  window.addEventListener("online", () => isAway && tryAgain(FIRST_TRY_MILLISECONDS));
  if (!navigator.onLine) goneAway();
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) showSlowness(event.target);
  });
  window.addEventListener("pageshow", (event) => event.persisted && settled());
}

/** `fetch` that tells the bar how it went; rejects as fetch does. A server that is restarting counts as away. */
export async function reach(address, options) {
  begun();
  try {
    const answer = await fetch(address, options);
    if ([502, 503, 504].includes(answer.status)) goneAway();
    else cameBack();
    return answer;
  } catch (error) {
    goneAway();
    throw error;
  } finally {
    settled();
  }
}

/** Whether the server could not be reached when last tried. */
export function isServerAway() {
  return isAway;
}

/** Call `deed` once when the server is back. */
export function onceBack(deed) {
  whenBack.add(deed);
}

function goneAway() {
  if (isAway) return;
  isAway = true;
  show("away", { isDanger: true });
  tryAgain(FIRST_TRY_MILLISECONDS);
}

function tryAgain(pause) {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    try {
      const answer = await fetch(bar().dataset.probe, { cache: "no-store", headers: { Accept: "application/json" } });
      if (answer.status < 502) return cameBack();
    } catch {
      // Still away.
    }
    tryAgain(Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS));
  }, pause);
}

function cameBack() {
  if (!isAway) return;
  isAway = false;
  clearTimeout(timer);
  show("back");
  timer = setTimeout(() => !isAway && hide(), BACK_MILLISECONDS);
  const waiting = [...whenBack];
  whenBack.clear();
  for (const deed of waiting) deed();
}

function begun() {
  underWay += 1;
  slow ??= setTimeout(() => !isAway && show("slow"), SLOW_MILLISECONDS);
}

function settled() {
  underWay = Math.max(0, underWay - 1);
  if (underWay) return;
  clearTimeout(slow);
  slow = undefined;
  if (!isAway && bar()?.dataset.said === "slow") hide();
}

function showSlowness(form) {
  if (form.method === "dialog") return;
  begun();
}

function show(said, { isDanger = false } = {}) {
  const place = bar();
  place.textContent = place.dataset[said];
  place.dataset.said = said;
  place.classList.toggle("danger", isDanger);
}

function hide() {
  bar().textContent = "";
  bar().dataset.said = "";
  bar().classList.remove("danger");
}
