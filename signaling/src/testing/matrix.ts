import { runSocketMatrix, type SocketCase } from './authorisation-matrix/run.ts';
import { runTickets } from './authorisation-matrix/tickets.ts';
import { Harness } from './harness.ts';
import { RealSfu } from './real-sfu.ts';

/** The second half of `npm run test:matrix`: every case of live connections that is not as reviewed, and the sum. */
async function main(): Promise<boolean> {
  const sfu = await RealSfu.start();
  const clinic = await Harness.start({ sfuUrls: [sfu.url] });
  try {
    return report([...(await runSocketMatrix(clinic)), ...(await runTickets(clinic))]);
  } finally {
    await clinic.close();
    await sfu.stop();
  }
}

function report(cases: readonly SocketCase[]): boolean {
  const wrong = cases.filter(({ expected, actual }) => expected !== actual);
  for (const { name, expected, actual } of wrong) print(`${name}: ${actual} instead of ${expected}`);
  const ok = wrong.length === 0;
  print(JSON.stringify({ name: 'socket matrix', cases: cases.length, wrong: wrong.length, goal: 0, ok }));
  return ok;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = (await main()) ? 0 : 1;
