import { join } from 'node:path';
import { startStack } from '../../../scripts/stack/stack.ts';
import { signIn } from '../core/api-client.ts';
import { DEMO_DOCTOR } from '../core/demo-clinic.ts';
import { openBrowsers, type Stage } from './browsers.ts';
import type { Fault } from './faults.ts';
import { countMessages, type MessageCount } from './message-count.ts';
import { openOurPair, write } from './our-pair.ts';
import type { Pictures } from './pictures.ts';
import { strikeAll, type Aftermaths } from './rounds.ts';
import { LOST_AFTER_MS, untilSteady } from '../pages/steady-pictures.ts';
import { strike } from './strike.ts';

/** Both come and go more often than people do. */
const LIFTED_RATE_LIMIT = '1000';

interface OurRun {
  readonly aftermaths: Aftermaths;
  readonly messages: MessageCount;
}

interface OurRunOptions {
  readonly faults: readonly Fault[];
  readonly rounds: number;
  readonly pictures: Pictures;
  readonly dataDir: string;
}

/** One visit on the whole stack for all faults that need as many media servers, one stack after another. */
export async function strikeOurs(
  stage: Stage,
  { faults, dataDir, ...options }: OurRunOptions,
): Promise<OurRun> {
  const runs: OurRun[] = [];
  for (const [sfuNodes, some] of Map.groupBy(faults, (fault) => fault.sfuNodes ?? 1)) {
    const own = join(dataDir, `sfu-nodes-${sfuNodes}`);
    runs.push(await strikeStack(stage, { ...options, faults: some, dataDir: own, sfuNodes }));
  }
  return {
    aftermaths: new Map(runs.flatMap(({ aftermaths }) => [...aftermaths])),
    messages: {
      messagesLost: runs.reduce((sum, { messages }) => sum + messages.messagesLost, 0),
      messagesDoubled: runs.reduce((sum, { messages }) => sum + messages.messagesDoubled, 0),
    },
  };
}

async function strikeStack(
  stage: Stage,
  { faults, rounds, pictures, dataDir, sfuNodes }: OurRunOptions & { readonly sfuNodes: number },
): Promise<OurRun> {
  await using ending = new AsyncDisposableStack();
  const stack = await startStack({
    dataDir,
    sfuNodes,
    seed: 'demo',
    lan: true,
    env: { RATE_LIMIT_FACTOR: LIFTED_RATE_LIMIT },
  });
  ending.defer(() => stack.stop());
  stack.on('restarted', ({ name, downMs }) => console.log(`  ${name} was down for ${Math.round(downMs)} ms`));
  const browsers = await openBrowsers(stage);
  ending.defer(() => browsers.close());
  const pair = await openOurPair(stack, browsers, pictures);
  const { doctor, patient } = pair;
  const texts: string[] = [];
  const aftermaths = await strikeAll('ours', faults, rounds, async (fault, round) => {
    const name = `${fault.name} ${round}`;
    const [toDoctor, toPatient] = [`${name} from the patient`, `${name} from the doctor`];
    texts.push(toDoctor, toPatient);
    if (!(await untilSteady(pair.viewers.map(({ pictures }) => pictures))))
      throw new Error(`The visit was not running before "${name}".`);
    return strike({ network: stage.network, target: pair }, fault, () =>
      Promise.all([
        write(toDoctor, patient, doctor, LOST_AFTER_MS),
        write(toPatient, doctor, patient, LOST_AFTER_MS),
      ]),
    );
  });
  const client = await signIn(stack.urls.api, DEMO_DOCTOR);
  return { aftermaths, messages: await countMessages(client, pair.visitId, texts) };
}
