/**
 * Names of ours as a list of SQL literals. A parameter in their place would hide from the planner that a partial
 * index covers them.
 */
export function sqlNames(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
