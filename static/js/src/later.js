/**
 * The file that comes when something did not go as usual, when this browser keeps something of the reader's, or when a
 * report is changed or withdrawn.
 */
export { amend } from "./amend.js";
export { explain } from "./explain.js";
export { judge } from "./judge.js";
export { loadAllWords, say } from "./rare-words.js";
export { resume } from "./resume.js";
