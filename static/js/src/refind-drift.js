/** Where on a page a passage would stand that never moved; as in pages/drift.py. */

/** What may come in between: marks that take no room, notes, and white space that is shown as one space. */
const COMERS = [/[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/, /\[\p{Nd}{1,3}\]/u, /[ \n]{2,}/];

/** `counted` is the offset that counts all; `seen()` leaves out what the page holds and the report's surroundings do not. */
export function oldPlace({ exact, prefix = "", suffix = "", start, target }, signs) {
  const counted = Math.max(0, start == null ? 0 : start + target.start - [...prefix].length);
  let seen;

  function look() {
    const window = prefix + exact + suffix;
    const comers = [];
    for (const comer of COMERS) if (window.search(comer) < 0) comers.push(comer.source);
    if (start == null || !comers.length) return counted;
    let at = counted;
    let from = 0; // UTF-16 units and signs before the last one that was met
    let passed = 0;
    const text = signs.join("");
    for (const { 0: found, index } of text.matchAll(new RegExp(comers.join("|"), "gu"))) {
      passed += [...text.slice(from, index)].length;
      from = index;
      const kept = +(found.trim() === ""); // of white space the first sign stays
      if (passed + kept >= at) break;
      at += found.length - kept;
    }
    return at;
  }

  return {
    counted,
    seen: () => (seen ??= look()),
    /** How far from there an offset is, by the count that speaks for it. */
    moved(offset) {
      const away = Math.abs(offset - counted);
      return away && Math.min(away, Math.abs(offset - (seen ??= look())));
    },
  };
}
