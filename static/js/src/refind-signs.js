/** What kinds of signs there are, and how much of a script says how much. */

const LETTER = /[\p{L}\p{N}]/u;
const IN_WORD = /^(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\u{20000}-\u{10ffff}])[\p{L}\p{M}\p{Nd}]/u;
const DENSE = /[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;

/** The mark of a footnote. */
export const NOTE = /\[\p{Nd}{1,3}\]/gu;

export const piece = (signs, start, end) => signs.slice(start, end).join("");
export const hasLetter = (text) => LETTER.test(text);

/** A letter, digit or mark of a script that puts spaces between words. */
export const inWord = (sign) => IN_WORD.test(sign);

/** Whether one word goes across signs[at]. */
export const isJoined = (signs, at) => 0 < at && at < signs.length && inWord(signs[at - 1]) && inWord(signs[at]);

/** [letters of a probe, step from one to the next, of a run to compare, of an anchor]: a sign of Han says as much as 2. */
export const grainOf = (text, size = text.length) => (size && 2 * (text.match(DENSE)?.length ?? 0) >= size ? [4, 2, 2, 3] : [8, 4, 4, 6]);
