/** The file that knows the hashes of those that few readers need. */

/* global FILES */ // put in by build.mjs: {name: hash}
export const files = FILES;
