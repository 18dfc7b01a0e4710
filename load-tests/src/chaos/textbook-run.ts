import { openBrowsers, type Stage } from './browsers.ts';
import type { Fault } from './faults.ts';
import { CLINIC } from '../network/network.ts';
import { strikeAll, type Aftermaths } from './rounds.ts';
import { untilSteady } from '../pages/steady-pictures.ts';
import { strike } from './strike.ts';
import { hitsTextbook, openTextbookPair } from './textbook-pair.ts';
import { startTextbookServer } from './textbook-server.ts';

interface TextbookRunOptions {
  readonly faults: readonly Fault[];
  readonly rounds: number;
}

/** The baseline: a fresh pair for each fault, since most of them end what they hit. */
export async function strikeTextbook(
  stage: Stage,
  { faults, rounds }: TextbookRunOptions,
): Promise<Aftermaths> {
  await using ending = new AsyncDisposableStack();
  const server = await startTextbookServer(CLINIC.address);
  ending.defer(() => server.stop());
  const browsers = await openBrowsers({ ...stage, trustedOrigin: server.origin });
  ending.defer(() => browsers.close());
  return await strikeAll('baseline', faults.filter(hitsTextbook), rounds, async (fault, round) => {
    const pair = await openTextbookPair(server, browsers);
    try {
      if (!(await untilSteady(pair.viewers.map(({ pictures }) => pictures))))
        throw new Error(`The baseline was not running before "${fault.name} ${round}".`);
      return await strike({ network: stage.network, target: pair }, fault);
    } finally {
      await pair.close();
    }
  });
}
