/** How the gesture is called on the reader's machine, in the reader's language. */

/** True on Apple's systems, where Ctrl+Return opens a context menu and ⌘ Return is the gesture. */
export function isApple() {
  return /Mac OS/.test(navigator.userAgent);
}

/** True where fingers are the only way to point: there is no key to press, but our button. */
export function isTouchOnly() {
  return matchMedia("(pointer:coarse)").matches;
}

/** The text to stand for {shortcut}. */
export function shortcutName(words) {
  return isTouchOnly() ? words.button : isApple() ? words.mac : words.keys;
}
