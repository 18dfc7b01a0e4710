/**
 * @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 */

/**
 * Whether node_modules, by npm's account in it, holds what the lock asks for. Optional packages
 * for other platforms are not there; an optional package in a wrong version still counts as missing.
 * @param {Lock} wanted - package-lock.json
 * @param {Lock} present - node_modules/.package-lock.json
 */
export function isInstalled(wanted, present) {
  return Object.entries(wanted.packages)
    .filter(([path]) => path.startsWith('node_modules/') || path.includes('/node_modules/'))
    .every(([path, { version, optional, link }]) => {
      const found = present.packages[path];
      if (!found) return optional === true;
      return link === true || found.version === version;
    });
}
