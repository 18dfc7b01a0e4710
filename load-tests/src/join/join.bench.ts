/*
 * Click to first remote frame, beside the textbook handshake.
 *
 * What: from the click event on the join button to the moment the browser presents the first frame of the
 * other person (requestVideoFrameCallback). Ours is the whole product: real pages, sign-in, join ticket,
 * PostgreSQL, signaling, sfu; the doctor is in the visit and the patient presses "Join now" in the lobby.
 * The baseline is `baselines/textbook`: a bare mediasoup-client and Socket.IO page, no authorisation.
 * Why it is fair: one Chromium, one camera film, the same codecs, layers and capture settings on both sides;
 * on both the page is loaded and the camera runs before the click, both are looked at equally long, both
 * publishers are in their rooms all the time, and the joins take turns, each side first every other time.
 * What limits it: two cores carry the browser, both stacks and the database, so absolute times are long.
 *
 * The storm: 200 joins, 50 ms apart, to the doctor's page, which as a browser makes no more than one
 * keyframe in 300 ms. Joiners are native WebRTC clients that speak the seat protocol (ticket, welcome, warm
 * transport, join), since two cores cannot hold a browser for each; they decode nothing, and their
 * first frame is the last packet of the first whole keyframe. A visit has twelve seats, so they come in
 * waves of eleven: all wait in the lobby, join 50 ms apart, and stay until the last one sees the doctor.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../../scripts/lib/places.mjs';
import { freePort } from '../../../scripts/stack/free-port.ts';
import { startStack, type Stack } from '../../../scripts/stack/stack.ts';
import { VISIT_MAX_SEATS } from '@careconnect/contracts';
import type { Bench } from '../core/bench.ts';
import type { Figures, Outcome } from '../core/outcome.ts';
import { createScratchDirectory } from '../core/scratch-directory.ts';
import { quantile } from '../core/statistics.ts';
import { launchBrowser } from './browser.ts';
import type { PictureSize } from './camera-file.ts';
import { joinInTurn, type Duel } from './duel.ts';
import { addGuests } from './guest-seats.ts';
import type { Join } from './join-side.ts';
import { openOurSide } from './our-side.ts';
import { startVisit } from './running-visit.ts';
import { storm, type StormFigures } from './storm.ts';
import { openTextbookSide } from './textbook-side.ts';

const GOAL = 0.8;
const LIFTED_RATE_LIMIT = '1000';

interface Options {
  readonly joins: number;
  readonly stormJoins: number;
  readonly spacingMs: number;
  readonly picture: PictureSize;
}

export const joinBench: Bench = {
  summary: 'click to first remote frame, beside the textbook handshake; and a storm of joins',
  flags: [
    '--joins 30          joins of each side',
    '--storm 200         joins of the storm',
    '--spacing 50        milliseconds between the joins of the storm',
    '--video 640x360     size of the camera picture',
  ],
  async run(args) {
    const options = readOptions(args);
    requireBuiltPages();
    const scratch = createScratchDirectory('bench-join');
    let stack: Stack | null = null;
    try {
      stack = await startStack({
        dataDir: scratch.path,
        seed: 'demo',
        port: await freePort(),
        env: { RATE_LIMIT_FACTOR: LIFTED_RATE_LIMIT },
      });
      return await measure(stack, scratch.path, options);
    } finally {
      await stack?.stop();
      scratch.remove();
    }
  },
};

async function measure(stack: Stack, scratch: string, options: Options): Promise<Outcome> {
  const visitId = await startVisit(stack.origin);
  const browser = await launchBrowser(scratch, options.picture);
  try {
    const ours = await openOurSide(browser, stack.origin, visitId);
    const textbook = await openTextbookSide(browser);
    const duel = await joinInTurn([ours, textbook], options.joins);
    await textbook.close();
    const guests = await addGuests(stack.databaseUrl, visitId, VISIT_MAX_SEATS - 1);
    const stormed = await storm({
      origin: stack.urls.signaling,
      joinTicketSecret: stack.secrets.JOIN_TICKET_SECRET,
      seats: guests,
      joins: options.stormJoins,
      spacingMs: options.spacingMs,
    });
    await ours.close();
    return toOutcome(duel, stormed, options);
  } finally {
    await browser.close();
  }
}

function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      joins: { type: 'string', default: '30' },
      storm: { type: 'string', default: '200' },
      spacing: { type: 'string', default: '50' },
      video: { type: 'string', default: '640x360' },
    },
  });
  const [width = 640, height = 360] = values.video.split('x').map(Number);
  return {
    joins: Number(values.joins),
    stormJoins: Number(values.storm),
    spacingMs: Number(values.spacing),
    picture: { width, height },
  };
}

function requireBuiltPages(): void {
  if (existsSync(join(ROOT, 'web', 'build', 'handler.js'))) return;
  throw new Error('The pages are not built yet. Run `npm start` once, or `npm test`.');
}

function toOutcome(duel: Duel, stormed: StormFigures, options: Options): Outcome {
  const ours = duel.ours.map(({ firstFrame }) => firstFrame);
  const textbook = duel.textbook.map(({ firstFrame }) => firstFrame);
  const p50 = quantile(ours, 0.5);
  const p95 = quantile(ours, 0.95);
  const baseline = { p50: quantile(textbook, 0.5), p95: quantile(textbook, 0.95) };
  const ratio = p50 / baseline.p50;
  const { above500ms } = stormed;
  return {
    name: 'join',
    ours: p50,
    baseline: baseline.p50,
    unit: 'ms from click to first frame (p50)',
    ratio,
    goal: `ratio ≤ ${GOAL}, 0 storm joins above 500 ms`,
    ok: ratio <= GOAL && above500ms === 0,
    figures: {
      p50,
      p95,
      joins: ours.length,
      above500ms,
      baselineP95: baseline.p95,
      steps: stepsOf(duel.ours),
      video: `${options.picture.width}x${options.picture.height}`,
      storm: { ...stormed } satisfies Figures,
    },
  };
}

/** Where our time goes, medians in milliseconds from the click. */
function stepsOf(joins: readonly Join[]): Figures {
  const steps = joins.flatMap((each) => each.steps ?? []);
  return {
    answered: quantile(
      steps.map(({ answered }) => answered),
      0.5,
    ),
    negotiated: quantile(
      steps.map(({ negotiated }) => negotiated),
      0.5,
    ),
  };
}
