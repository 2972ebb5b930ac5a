/** One report, in the shape of POST /api/v1/reports. */
import { uuid7 } from "./uuid.js";

/** The address of a page as it may be told: no fragment, no password, no data: or about: page. */
export function sourceOf(address) {
  const url = new URL(address);
  url.hash = url.username = url.password = "";
  return url.href.length > 2048 ? url.origin + url.pathname : url.href;
}

/** `answers` is what the reader typed: {suggestion, comment, replyTo}, each possibly "". */
export function makeReport({ site, source, page }, selector, answers) {
  return { id: uuid7(), site, target: { source, selector }, page, ...bodiesOf(answers, selector), reply_to: answers.replyTo.trim() || null };
}

/** What may still be changed afterwards; an unchanged copy of the passage is no suggestion. */
export function bodiesOf({ suggestion, comment }, { exact }) {
  const proposal = suggestion.trim();
  return { suggestion: proposal !== shown(exact) && proposal || null, comment: comment.trim() || null };
}

/** A passage as the reader sees it: soft hyphens show only where a line breaks. */
export function shown(exact) {
  return exact.replace(/\u00ad/g, "");
}
