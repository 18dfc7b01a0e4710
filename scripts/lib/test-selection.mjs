import { Failure } from './failure.mjs';

export const STAGES = /** @type {const} */ (['check', 'int', 'browser']);

/** @typedef {typeof STAGES[number]} Stage */

/**
 * @param {readonly string[]} args - What follows `npm test --`.
 * @returns {{ stages: Stage[], patterns: string[] }} Stages in their order, whatever order was asked for.
 */
export function selectStages(args) {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  const patterns = end === -1 ? [] : args.slice(end + 1);
  /** @type {Set<string>} */
  const wanted = new Set();
  for (let i = 0; i < options.length; i++) {
    const option = options[i] ?? '';
    const [name, inline] = option.split('=', 2);
    if (name !== '--only')
      throw new Failure(`"${option}" is no option of npm test.`, { mend: 'see "npm test -- --help"' });
    const value = inline ?? options[++i] ?? '';
    for (const stage of value.split(',')) wanted.add(stage);
  }
  const unknown = [...wanted].filter((stage) => !STAGES.some((known) => known === stage));
  if (unknown.length > 0) {
    throw new Failure(`There is no test stage "${unknown.join(', ')}".`, {
      mend: `choose from ${STAGES.join(', ')}`,
    });
  }
  return { stages: STAGES.filter((stage) => wanted.size === 0 || wanted.has(stage)), patterns };
}
