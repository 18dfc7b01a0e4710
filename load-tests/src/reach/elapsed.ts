/** @returns how long something took, in whole ms, or null when it did not come to be */
export async function elapsed(wait: () => Promise<void>): Promise<number | null> {
  const begun = performance.now();
  try {
    await wait();
    return Math.round(performance.now() - begun);
  } catch {
    return null;
  }
}
