/**
 * Compares dotted versions by number; a missing part is 0 and anything after a dash is ignored.
 * @param {string} version
 * @param {string} least
 */
export function isAtLeast(version, least) {
  const have = numbers(version);
  const need = numbers(least);
  for (let i = 0; i < Math.max(have.length, need.length); i++) {
    const difference = (have[i] ?? 0) - (need[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** @param {string} version */
function numbers(version) {
  const release = version.replace(/^v/, '').split('-')[0] ?? '';
  return release.split('.').map(Number);
}
