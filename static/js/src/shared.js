/** What loader.js and kit.js hand over when a file is fetched: the snippet's tag, and the way to further files. */

/* global SHARED */ // the argument of the function that build.mjs puts around each later file
export const { script, need } = SHARED;
