/**
 * Two folds of text, as in typo_reports/domain/folding.py: a blind one to find a passage with, a careful one to decide.
 *
 * Texts to be searched are lists of code points ("signs"), so that all offsets count as the desk counts them.
 */
import { NOTE } from "./refind-signs.js";

const SINGLE = /['`´‘’‚‛′‹›ʼʹ＇׳]/;
const DOUBLE = /["“”„‟«»″〝〞〟＂״]/;
const DASH = /[-‐‑‒–—―−﹘﹣－־]/;
const LEFT_OUT = /[\s\p{Mn}\p{Me}\p{Cf}\p{Cc}\p{Cs}\u0640]/u;
const JAMO = /^[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?/;
const ZERO_WIDTH = /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const JOINER = /[\u200c\u200d]/;
/** Scripts whose spelling needs joiners: Persian writes two different words without one and with. */
const JOINED = /[\u0600-\u08ff\u0900-\u0dff\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufefc]/;

const known = new Map();

/** Fold a list of signs: {text, at}; the sign at[i] became text[i], one UTF-16 unit each. Footnote marks count only with `notes`. */
export function fold(signs, notes) {
  const at = [];
  let text = "";
  for (let i = 0; i < signs.length; i++) {
    const sign = signs[i];
    let folded = known.get(sign);
    if (folded === undefined) known.set(sign, (folded = foldSign(sign)));
    if (!folded) continue;
    at.push(i);
    if (sign >= "\u1100" && sign <= "\u1112") {
      const [letter] = JAMO.exec(sign + signs[i + 1] + signs[i + 2]) || sign;
      folded = letter.normalize("NFC");
      i += letter.length - 1;
    }
    text += folded;
  }
  return notes ? { text, at, size: signs.length } : withoutNotes(text, at, signs.length);
}

function withoutNotes(text, at, size) {
  const kept = [];
  let from = 0;
  const rest = text.replace(NOTE, (note, start) => {
    const end = start + note.length;
    if (at[end - 1] - at[start] >= note.length) return note; // with white space in between it is none
    while (from < start) kept.push(at[from++]);
    from = end;
    return "";
  });
  while (from < at.length) kept.push(at[from++]);
  return { text: rest, at: kept, size };
}

/** How many folded signs stand before an offset. */
export function foldedOffset({ at, size }, offset) {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle] < offset) low = middle + 1;
    else high = middle;
  }
  return low + Math.max(0, offset - size);
}

/** The signs that became text[start, end), without what was left out at either edge. */
export function sourceSpan({ at, size }, start, end) {
  const from = at[start] ?? size;
  return [from, start < end ? (at[end - 1] ?? size) + 1 : from];
}

function special(sign) {
  return SINGLE.test(sign) ? "'" : DOUBLE.test(sign) ? '"' : DASH.test(sign) ? "-" : sign === "ı" ? "i" : sign === "ς" ? "σ" : "";
}

/** One sign as one unit, or "" when it is left out. */
function foldSign(sign) {
  const [low] = sign.toLowerCase();
  const [base, ...marks] = low.normalize("NFKD").toLowerCase();
  const isLetter = /\s/.test(base) || /[^\p{Mn}]/u.test(marks.join(""));
  return special(low) || (LEFT_OUT.test(low) ? "" : asUnit(isLetter ? low : special(base) || (LEFT_OUT.test(base) ? "" : base)));
}

/** Signs beyond the basic plane share units there: enough to find by; what is found is compared as it is written. */
function asUnit(sign) {
  const point = sign.codePointAt(0);
  return point > 0x1ffff ? String.fromCharCode(0x3400 + (point % 0x6000)) : point > 0xffff ? String.fromCharCode(0xe000 + (point % 0x1900)) : sign;
}

/** Composed, runs of white space as one space, without zero-width marks and soft hyphens. */
export function decide(text) {
  const kept = (sign, at) => (JOINER.test(sign) && JOINED.test(text[at - 1]) && JOINED.test(text[at + 1]) ? sign : "");
  return text.replace(ZERO_WIDTH, kept).normalize("NFC").replace(/\s+/g, " ");
}
