/** The style of dialog and bars. */
export { default as css } from "./dialog.css";
