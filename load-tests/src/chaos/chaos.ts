import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { provideEspeak } from '../../../scripts/lib/espeak.mjs';
import { runMain, Failure } from '../../../scripts/lib/failure.mjs';
import { toJsonLine } from '../core/outcome.ts';
import { endWithStarter, isInOwnNetwork, runInOwnNetwork } from '../network/own-network.ts';
import { toOutcome } from './chaos-outcome.ts';
import { FAULTS, type Fault } from './faults.ts';
import { BASELINE_MAX_ROUNDS, runChaos } from './run-chaos.ts';

const USAGE = `npm run chaos -- [--only ${FAULTS.map(({ name }) => name).join(',')}] [--rounds 10] [--ours-only] [--vp9] [--camera-off]

Breaks one thing after another in a running visit and tells what each cost; then the same in a textbook demo of
mediasoup, unless --ours-only. Ends with one line of JSON. The rounds are ours: the baseline has at most ${BASELINE_MAX_ROUNDS},
because it loses visits, and each of those is waited for half a minute.
--vp9 has both send their pictures in one stream of VP9, as between computers that have cores to spare, and --camera-off
has the patient only watch. The baseline knows neither, and is left out.
A missed goal is a result ("ok": false), not a failure: the exit code is 1 only when it could not run.
Needs Linux and root, or the right to make namespaces: it cuts cables, and only its own.

${FAULTS.map(({ name, what }) => `  ${name.padEnd(Math.max(...FAULTS.map((other) => other.name.length)))} ${what}`).join('\n')}
`;
const TIME_LIMIT_MS = 60 * 60_000;

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      rounds: { type: 'string', default: '10' },
      'ours-only': { type: 'boolean', default: false },
      vp9: { type: 'boolean', default: false },
      'camera-off': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void console.log(USAGE);
  const faults = choose(values.only);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Failure(`${values.rounds} is no number of rounds.`, { mend: 'give --rounds 1 or more' });
  // Fetched while there is a network to fetch it from.
  const espeak = await provideEspeak();
  if (!isInOwnNetwork()) return runInOwnNetwork(fileURLToPath(import.meta.url));
  endWithStarter();
  setTimeout(() => process.exit(1), TIME_LIMIT_MS).unref();
  const pictures = { isVp9: values.vp9, isPatientSeen: !values['camera-off'] };
  const withBaseline = !values['ours-only'] && !pictures.isVp9 && pictures.isPatientSeen;
  const run = await runChaos({ faults, rounds, withBaseline, pictures, espeak });
  console.log(toJsonLine(toOutcome(run)));
  process.exit(0);
});

function choose(only: string): readonly Fault[] {
  if (only === '') return FAULTS;
  return only.split(',').map((name) => {
    const fault = FAULTS.find((each) => each.name === name);
    if (!fault) throw new Failure(`There is no fault "${name}".`, { mend: 'see "npm run chaos -- --help"' });
    return fault;
  });
}
