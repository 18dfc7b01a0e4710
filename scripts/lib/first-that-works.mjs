/**
 * @typedef {object} Way - One way to come by a binary.
 * @property {string} name
 * @property {(report: (progress: string) => void) => Promise<string | null>} find - The binary, or null to try the next way.
 */

/**
 * Asks each way in turn.
 * @param {readonly Way[]} ways
 * @param {(report: string) => void} report
 * @returns {Promise<{ path: string, name: string } | { tried: string }>} `tried` says why each way led nowhere.
 */
export async function firstThatWorks(ways, report) {
  const tried = [];
  for (const { name, find } of ways) {
    try {
      const path = await find(report);
      if (path !== null) return { path, name };
      tried.push(`${name}: not available here`);
    } catch (error) {
      tried.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { tried: tried.join('; ') };
}
