import { startTestPostgres } from '../../../scripts/stack/test-database.ts';
import type { MatrixCase } from './authorisation-matrix/matrix-case.ts';
import { runWholeMatrix } from './authorisation-matrix/run.ts';
import { startTestApi } from './test-api.ts';

/** `npm run test:matrix`: tells every case that is not as reviewed, and the sum as one line of JSON. */
async function main(): Promise<boolean> {
  const postgres = await startTestPostgres();
  try {
    const api = await startTestApi({ postgresUrl: postgres.url });
    const cases = await runWholeMatrix(api).finally(() => api.close());
    return report(cases);
  } finally {
    await postgres.stop();
  }
}

function report(cases: readonly MatrixCase[]): boolean {
  const wrong = cases.filter(({ expected, actual }) => expected !== actual);
  const leaks = cases.filter(({ leaked }) => leaked !== null);
  for (const { name, expected, actual } of wrong) print(`${name}: ${actual} instead of ${expected}`);
  for (const { name, leaked } of leaks) print(`${name}: shows ${leaked}`);
  const ok = wrong.length === 0 && leaks.length === 0;
  print(
    JSON.stringify({
      name: 'matrix',
      cases: cases.length,
      leaks: leaks.length,
      wrong: wrong.length,
      ours: leaks.length + wrong.length,
      baseline: null,
      ratio: null,
      goal: 0,
      ok,
    }),
  );
  return ok;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = (await main()) ? 0 : 1;
