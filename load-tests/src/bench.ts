import { benches } from './benches.ts';
import { toJsonLine } from './core/outcome.ts';

const USAGE = `npm run bench -- NAME [flags]

Each bench compares CareConnect with a baseline in the same run and ends with one line of JSON.
A missed goal is a result ("ok": false), not a failure: the exit code is 1 only when it could not run.

${Object.entries(benches)
  .map(([name, { summary, flags }]) =>
    [`  ${name}  ${summary}`, ...flags.map((flag) => `      ${flag}`)].join('\n'),
  )
  .join('\n\n')}
`;

/** No bench takes half of it; one that does has lost something that it waits for. */
const TIME_LIMIT_MS = 15 * 60_000;

const [name = '--help', ...args] = process.argv.slice(2);
const bench = Object.entries(benches).find(([known]) => known === name)?.[1];

if (bench && !args.includes('--help')) {
  // Everything that a bench has started ends with this process.
  process.once('SIGTERM', () => process.exit(143));
  setTimeout(() => {
    console.error(`The bench ${name} did not come to an end.`);
    process.exit(1);
  }, TIME_LIMIT_MS).unref();
  try {
    console.log(toJsonLine(await bench.run(args)));
    // Native clients keep threads; nothing is left to wait for.
    process.exit(0);
  } catch (error) {
    console.error(`The bench ${name} could not run.`, error);
    process.exit(1);
  }
} else if (bench || name === '--help') {
  console.log(USAGE);
} else {
  console.error(`There is no bench called ${name}.\n\n${USAGE}`);
  process.exitCode = 1;
}
