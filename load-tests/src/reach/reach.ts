import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { provideCoturn } from '../../../scripts/lib/coturn.mjs';
import { Failure, runMain } from '../../../scripts/lib/failure.mjs';
import { toJsonLine } from '../core/outcome.ts';
import { endWithStarter, isInOwnNetwork, runInOwnNetwork } from '../network/own-network.ts';
import { CONDITIONS, type Condition } from './conditions.ts';
import { toOutcome } from './reach-outcome.ts';
import { runReach } from './run-reach.ts';

const USAGE = `npm run reach -- [--only ${CONDITIONS.map(({ name }) => name).join(',')}]

Has a doctor and a patient meet through one network after another and tells how they found each other. Ends with one
line of JSON. A visit that did not come about is a result ("ok": false), not a failure: the exit code is 1 only when it
could not run. Needs Linux and root, and coturn, which it gets on Debian.

${CONDITIONS.map(({ name, what }) => `  ${name.padEnd(Math.max(...CONDITIONS.map((other) => other.name.length)))} ${what}`).join('\n')}
`;
const TIME_LIMIT_MS = 10 * 60_000;

await runMain(async () => {
  const { values } = parseArgs({
    options: { only: { type: 'string', default: '' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return void console.log(USAGE);
  const conditions = choose(values.only);
  // Only out here is there a network to get it from.
  const coturn = await provideCoturn();
  if (!isInOwnNetwork()) return runInOwnNetwork(fileURLToPath(import.meta.url));
  endWithStarter();
  setTimeout(() => process.exit(1), TIME_LIMIT_MS).unref();
  console.log(toJsonLine(toOutcome(await runReach(conditions, coturn))));
  process.exit(0);
});

function choose(only: string): readonly Condition[] {
  if (only === '') return CONDITIONS;
  return only.split(',').map((name) => {
    const condition = CONDITIONS.find((each) => each.name === name);
    if (!condition)
      throw new Failure(`There is no condition "${name}".`, { mend: 'see "npm run reach -- --help"' });
    return condition;
  });
}
