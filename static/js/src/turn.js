/** One tab at a time, where the page is secure enough for Web Locks; elsewhere the desk counts one id once. */

/** Run `work` unless another tab is at it; resolves when done or given up. */
export async function takeTurn(work) {
  const { locks } = navigator;
  return locks ? locks.request("typo-reports", { ifAvailable: true }, (lock) => lock && work()) : work();
}
