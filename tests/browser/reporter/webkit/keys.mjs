/** Keys by Playwright's names, as WebDriver's actions. */
const CODES = {
  Control: "\uE009", Shift: "\uE008", Alt: "\uE00A", Meta: "\uE03D", Enter: "\uE006", NumpadEnter: "\uE007", Tab: "\uE004",
  Escape: "\uE00C", Backspace: "\uE003", ArrowUp: "\uE013", ArrowDown: "\uE015", ArrowLeft: "\uE012", ArrowRight: "\uE014",
};

const codeOf = (name) => CODES[name] ?? name;
const source = (actions) => [{ type: "key", id: "keyboard", actions }];

/** "Control+Enter": all held down in turn, then let go. */
export function pressing(keys) {
  const codes = keys.split("+").map(codeOf);
  return source([
    ...codes.map((value) => ({ type: "keyDown", value })),
    ...codes.reverse().map((value) => ({ type: "keyUp", value })),
  ]);
}

/** Each letter of `text` by itself. */
export function typing(text) {
  return source([...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]));
}
