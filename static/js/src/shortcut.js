/** How the gesture is called on the reader's machine, in the reader's language. */

/** True on Apple's systems, where Ctrl+Return opens a context menu and ⌘ Return is the gesture. */
export function isApple({ userAgentData, platform, userAgent } = navigator) {
  return /mac|iphone|ipad/i.test([userAgentData?.platform, platform, userAgent]);
}

/** True where fingers are the only way to point: there is no key to press, but our button. */
export function isTouchOnly() {
  return matchMedia("(hover:none) and (pointer:coarse)").matches;
}

/** The text to stand for {shortcut}. */
export function shortcutName(words) {
  return isTouchOnly() ? words.button : isApple() ? words.mac : words.keys;
}
