// Asking again and again, cheaply: only while the page is in sight, and with the ETag of last time.

import { reach } from "./connection.js";

const EVERY_MILLISECONDS = 10_000;
const known = new Map();

/** Call `ask` every ten seconds while the page is in sight, and when it comes into sight. */
export function everySoOften(ask) {
  const askIfSeen = () => {
    if (document.visibilityState === "visible") ask();
  };
  setInterval(askIfSeen, EVERY_MILLISECONDS);
  document.addEventListener("visibilitychange", askIfSeen);
}

/** The news at this address; null when the desk can't be reached, or the editor is signed out. */
export async function fetchNews(address) {
  const last = known.get(address);
  try {
    const answer = await reach(address, {
      headers: { Accept: "application/json", ...(last ? { "If-None-Match": last.tag } : {}) },
    });
    if (answer.status === 304 && last) return last.news;
    if (!answer.ok || answer.redirected) return null;
    const news = await answer.json();
    known.clear();
    known.set(address, { tag: answer.headers.get("ETag") ?? "", news });
    return news;
  } catch {
    // Offline or restarting: the next round asks again.
    return null;
  }
}
