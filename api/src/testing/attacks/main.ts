import { startTestPostgres } from '../../../../scripts/stack/test-database.ts';
import { startTestApi } from '../test-api.ts';
import { ATTACKS } from './attacks.ts';
import type { Attack, Outcome } from './attack.ts';
import { unknownPeople } from './unknown-people.ts';

/** `npm run test:attacks`: attacks a live server, tells what got through, and the sum as one line of JSON. */
async function main(): Promise<boolean> {
  const postgres = await startTestPostgres();
  try {
    const outcomes: Outcome[] = [];
    for (const attack of [...ATTACKS, unknownPeople]) outcomes.push(await runOn(postgres.url, attack));
    const tried = outcomes.reduce((sum, outcome) => sum + outcome.tried, 0);
    const leaked = outcomes.reduce((sum, outcome) => sum + outcome.leaked.length, 0);
    const ok = leaked === 0;
    print(JSON.stringify({ name: 'attacks', tried, rejected: tried - leaked, leaked, goal: 0, ok }));
    return ok;
  } finally {
    await postgres.stop();
  }
}

async function runOn(postgresUrl: string, attack: Attack): Promise<Outcome> {
  const api = await startTestApi({ postgresUrl });
  try {
    const outcome = await attack.run(api);
    const { tried, leaked } = outcome;
    print(`${leaked.length === 0 ? '✓' : '✗'} ${attack.name}: ${tried} tried, ${leaked.length} leaked`);
    for (const leak of leaked) print(`  ${leak}`);
    return outcome;
  } finally {
    await api.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = (await main()) ? 0 : 1;
