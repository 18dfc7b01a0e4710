/*
 * Who can be reached.
 *
 * What: under each condition of the patient's network a doctor and a patient, each in a real Chromium, meet in a visit
 * on the whole stack. Both must see and hear each other, and the patient's media must take the way that the condition
 * leaves. Reported is the time from Join, pressed as soon as the page offers it, to the doctor's first picture.
 * How: the patient's browser is in a network namespace of its own, at the other end of a cable on which iptables drops
 * what the condition forbids; the firewall is silent, as most are. The relay is coturn with deploy/coturn's
 * configuration. Everything is in namespaces of the run and ends with it.
 * What limits it: cable and servers are on one machine, so times are those of the handshakes and not of a distance. The
 * relay's certificate is signed by nobody; the patient's Chromium is told to take its key as good.
 */
import { randomBytes } from 'node:crypto';
import { join as joinPath } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { readToolchain } from '../../../scripts/lib/toolchain.mjs';
import { startStack, type Stack } from '../../../scripts/stack/stack.ts';
import { DEMO_DOCTOR, DEMO_PATIENT } from '../core/demo-clinic.ts';
import { createScratchDirectory } from '../core/scratch-directory.ts';
import { launchArguments } from '../join/browser.ts';
import { writeCameraFile } from '../join/camera-file.ts';
import { startVisit } from '../join/running-visit.ts';
import { CLINIC, layNetwork } from '../network/network.ts';
import type { Condition, Talk } from './conditions.ts';
import { readConnections } from './connection-stats.ts';
import { hasArrived } from './network-path.ts';
import { toLine, type Visited } from './reach-outcome.ts';
import { startRelay } from './relay.ts';
import { join, openVisitor, untilFirstFrame, type Visitor } from './visitor.ts';

const PICTURE = { width: 640, height: 360 };
/** Chromium's fake microphone beeps once a second. */
const WATCHED_MS = 3_000;

interface People {
  readonly doctor: Visitor;
  readonly patient: Visitor;
}

/** To be called in a network namespace of the run's own. @param coturn - its program */
export async function runReach(conditions: readonly Condition[], coturn: string): Promise<Visited[]> {
  const scratch = createScratchDirectory('reach');
  const network = await layNetwork(scratch.path);
  const secret = randomBytes(32).toString('base64url');
  const relay = await startRelay({ program: coturn, scratch: scratch.path, address: CLINIC.address, secret });
  let stack: Stack | null = null;
  const browsers: Browser[] = [];
  try {
    stack = await startStack({
      dataDir: scratch.path,
      seed: 'demo',
      lan: true,
      durability: 'none',
      env: { TURN_URLS: relay.urls.join(','), TURN_SECRET: secret, CARECONNECT_STANDBY: '0' },
    });
    const film = joinPath(scratch.path, 'camera.y4m');
    await writeCameraFile(film, PICTURE);
    const program = readToolchain().CHROMIUM_PATH ?? '/usr/bin/chromium';
    const launch = async (executablePath: string): Promise<Browser> => {
      const args = [...launchArguments(film), `--ignore-certificate-errors-spki-list=${relay.keyHash}`];
      const browser = await chromium.launch({ executablePath, args });
      browsers.push(browser);
      return browser;
    };
    const { origin, urls } = stack;
    const people = {
      doctor: await openVisitor(await launch(program), origin, DEMO_DOCTOR),
      patient: await openVisitor(await launch(network.atHome(program)), origin, DEMO_PATIENT),
    };
    const visits: Visited[] = [];
    for (const condition of conditions) {
      await condition.begin(network, Number(new URL(origin).port));
      const visited = await visit(condition, people, { network, relay, api: urls.api });
      await network.mend();
      console.log(toLine(visited));
      visits.push(visited);
    }
    return visits;
  } finally {
    for (const browser of browsers) await browser.close();
    await stack?.stop();
    await relay.kill();
    network.close();
    scratch.remove();
  }
}

interface Place extends Pick<Talk, 'network' | 'relay'> {
  readonly api: string;
}

async function visit(
  condition: Condition,
  { doctor, patient }: People,
  { api, ...place }: Place,
): Promise<Visited> {
  const visitId = await startVisit(api);
  const doctorPage = await join(doctor, visitId);
  const pages: Page[] = [doctorPage];
  try {
    const page = await join(patient, visitId);
    pages.push(page);
    const firstFrameMs = await untilFirstFrame(page);
    const pictures = [doctor.pictures, patient.pictures];
    const ordeal =
      (await condition.ordeal?.({ ...place, doctor: doctorPage, patient: page, pictures })) ?? null;
    const before = await Promise.all(pages.map(readConnections));
    await sleep(WATCHED_MS);
    const after = await Promise.all(pages.map(readConnections));
    return {
      condition,
      firstFrameMs,
      ordeal,
      paths: after[1]?.paths ?? [],
      isSeenAndHeard: before.every(({ arrived }, index) =>
        hasArrived(arrived, after[index]?.arrived ?? arrived),
      ),
    };
  } finally {
    for (const page of pages) await page.close();
  }
}
