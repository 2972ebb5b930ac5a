/** What the page may hear of us: typo-reports:open, :sent, :queued, :refused, on its document. */
export function announce(name, detail) {
  document.dispatchEvent(new CustomEvent("typo-reports:" + name, { detail }));
}
