/** The file of the bars: the button on touch screens, and the thanks at a next visit. */
export { showNotice } from "./notice.js";
export { offerButton } from "./touch-button.js";
