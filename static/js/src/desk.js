/** Where the desk is: the script comes from it. */
import { script } from "./shared.js";

export const desk = new URL("../../", script.src).href;
