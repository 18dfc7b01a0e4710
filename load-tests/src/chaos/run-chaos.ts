/*
 * What a visit survives, and how fast.
 *
 * What: a doctor and a patient, each in a real Chromium, are in one visit on the whole stack. One thing breaks at
 * a time, and while it is broken both write a message. Measured are the time to the first new picture on the side
 * that waits longer, the longest time without a picture, and the time until the message of each is on the page of the
 * other; in the end the record of the visit is asked whether each message is in it once.
 * How: the patient's browser is in a network namespace of its own, at the other end of a cable, so what happens
 * to its network happens to nothing else. The run has made both namespaces, and they end with it. Processes are killed
 * and come back as they do in earnest, by the supervisor of `npm start`.
 * What limits it: two browsers that encode and decode, both ends of the visit and the database share two cores, so a
 * process that starts anew takes its time. The stage is therefore small: windows of 480 x 360 and cameras of two simulcast
 * layers, which leave the cores half idle while nothing breaks. The film of the cameras has 20 pictures a second: 50 ms is
 * the shortest gap.
 */
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { readToolchain } from '../../../scripts/lib/toolchain.mjs';
import { startStack, type Stack } from '../../../scripts/stack/stack.ts';
import { signIn } from '../core/api-client.ts';
import { DEMO_DOCTOR } from '../core/demo-clinic.ts';
import { createScratchDirectory } from '../core/scratch-directory.ts';
import { launchArguments } from '../join/browser.ts';
import { writeCameraFile } from '../join/camera-file.ts';
import type { Fault } from './faults.ts';
import { countMessages, type MessageCount } from './message-count.ts';
import { layNetwork } from '../network/network.ts';
import { openOurPair, write } from './our-pair.ts';
import { LOST_AFTER_MS, strike, untilSteady, type Aftermath } from './strike.ts';

const PICTURE = { width: 400, height: 300 };
/** Both come and go more often than people do. */
const LIFTED_RATE_LIMIT = '1000';

export interface ChaosRun {
  readonly aftermaths: ReadonlyMap<Fault, readonly Aftermath[]>;
  readonly messages: MessageCount;
}

/** To be called in a network namespace of the run's own. */
export async function runChaos(faults: readonly Fault[], rounds: number): Promise<ChaosRun> {
  const scratch = createScratchDirectory('chaos');
  const network = await layNetwork(scratch.path);
  let stack: Stack | null = null;
  const browsers: Browser[] = [];
  try {
    stack = await startStack({
      dataDir: scratch.path,
      seed: 'demo',
      lan: true,
      env: { RATE_LIMIT_FACTOR: LIFTED_RATE_LIMIT },
    });
    stack.on('restarted', ({ name, downMs }) =>
      console.log(`  ${name} was down for ${Math.round(downMs)} ms`),
    );
    const film = join(scratch.path, 'camera.y4m');
    await writeCameraFile(film, PICTURE);
    const chromiumPath = readToolchain().CHROMIUM_PATH ?? '/usr/bin/chromium';
    const launch = async (executablePath: string): Promise<Browser> => {
      const browser = await chromium.launch({ executablePath, args: launchArguments(film) });
      browsers.push(browser);
      return browser;
    };
    const pair = await openOurPair(stack, {
      atTheClinic: await launch(chromiumPath),
      atHome: await launch(network.atHome(chromiumPath)),
    });
    const texts: string[] = [];
    const aftermaths = await strikeAll(faults, rounds, async (fault, round) => {
      const name = `${fault.name} ${round}`;
      const [toDoctor, toPatient] = [`${name} from the patient`, `${name} from the doctor`];
      texts.push(toDoctor, toPatient);
      const { doctor, patient } = pair;
      if (!(await untilSteady(pair.viewers))) throw new Error(`The visit was not running before "${name}".`);
      return strike({ network, target: pair }, fault, () =>
        Promise.all([
          write(toDoctor, patient, doctor, LOST_AFTER_MS),
          write(toPatient, doctor, patient, LOST_AFTER_MS),
        ]),
      );
    });
    const client = await signIn(stack.urls.api, DEMO_DOCTOR);
    return { aftermaths, messages: await countMessages(client, pair.visitId, texts) };
  } finally {
    for (const browser of browsers) await browser.close();
    await stack?.stop();
    network.close();
    scratch.remove();
  }
}

/** Round by round, so that a machine that gets slower gets slower for all faults. */
async function strikeAll(
  faults: readonly Fault[],
  rounds: number,
  strikeOnce: (fault: Fault, round: number) => Promise<Aftermath>,
): Promise<Map<Fault, Aftermath[]>> {
  const aftermaths = new Map<Fault, Aftermath[]>(faults.map((fault) => [fault, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const fault of faults) {
      const aftermath = await strikeOnce(fault, round);
      aftermaths.get(fault)?.push(aftermath);
      console.log(`round ${round} of ${rounds}, ${fault.name}: ${inWords(aftermath)}`);
    }
  }
  return aftermaths;
}

function inWords({ pictureMs, gapMs, controlMs, isLost }: Aftermath): string {
  const ms = (value: number | null): string => (value === null ? 'never' : `${Math.round(value)} ms`);
  const outcome = isLost ? 'LOST, ' : '';
  return `${outcome}picture ${ms(pictureMs)}, gap ${ms(gapMs)}, messages ${ms(controlMs)}`;
}
