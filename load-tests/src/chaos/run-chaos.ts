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
 * A fault that needs a second media server has a stack of its own with two, and a visit on one of them.
 * The baseline: the same faults, afterwards, with our stack and its browsers stopped, in the room of `baselines/textbook`,
 * page and server written from mediasoup's documentation: same film, same codecs and layers, same cable, same pictures
 * to wait for. Its server process is started again at once when it ends. Each fault meets a fresh pair, so one that was
 * lost costs the next one nothing, and what falls apart later than it was watched is not held against it. Nobody
 * presses anything after a fault, on neither side; what that page does by itself is told at its head. A fault of a part
 * that it does not have is left out, and nothing can be written there.
 * The sound of the fault with lost packets: two synthetic voices (espeak-ng) speak without a pause. Told is how much of
 * what the worse side heard was made up (WebRTC's concealedSamples without silentConcealedSamples, of
 * totalSamplesReceived), and how well it could be understood, by STOI beside the voice that went into the microphone,
 * before and while packets are lost.
 * What limits it: two browsers that encode and decode, both ends of the visit and the database share two cores, so a
 * process that starts anew takes its time. The stage is therefore small: windows of 480 x 360 and cameras of two simulcast
 * layers, which leave the cores half idle while nothing breaks. The film of the cameras has 30 pictures a second, so that no
 * gap is shorter than 33 ms.
 */
import { join } from 'node:path';
import { createScratchDirectory } from '../core/scratch-directory.ts';
import { recordVoices } from '../hearing/voices.ts';
import { writeCameraFile } from '../join/camera-file.ts';
import type { Fault } from './faults.ts';
import type { MessageCount } from './message-count.ts';
import { layNetwork } from '../network/network.ts';
import { strikeOurs } from './our-run.ts';
import type { Pictures } from './pictures.ts';
import type { Aftermaths } from './rounds.ts';
import { strikeTextbook } from './textbook-run.ts';

/** Small, so that it can be as quick as a real camera: a gap is told to the nearest frame. */
const FILM = { width: 400, height: 300, framesPerSecond: 30 };
/** A visit that is lost costs half a minute, and there a fault that loses one loses every one. */
export const BASELINE_MAX_ROUNDS = 3;

export interface ChaosOptions {
  readonly faults: readonly Fault[];
  readonly rounds: number;
  readonly withBaseline: boolean;
  readonly pictures: Pictures;
  /** The program that speaks for both. */
  readonly espeak: string;
}

export interface ChaosRun {
  readonly pictures: Pictures;
  readonly ours: Aftermaths;
  readonly messages: MessageCount;
  /** Null where it was left out. Has only the faults that it can suffer. */
  readonly baseline: Aftermaths | null;
}

/** To be called in a network namespace of the run's own. */
export async function runChaos(options: ChaosOptions): Promise<ChaosRun> {
  const { faults, rounds, withBaseline, pictures, espeak } = options;
  const scratch = createScratchDirectory('chaos');
  const network = await layNetwork(scratch.path);
  try {
    const film = join(scratch.path, 'camera.y4m');
    await writeCameraFile(film, FILM);
    const stage = { network, film, voices: await recordVoices(espeak, scratch.path) };
    const { aftermaths: ours, messages } = await strikeOurs(stage, {
      faults,
      rounds,
      pictures,
      dataDir: scratch.path,
    });
    const baselineRounds = Math.min(rounds, BASELINE_MAX_ROUNDS);
    const baseline = withBaseline ? await strikeTextbook(stage, { faults, rounds: baselineRounds }) : null;
    return { pictures, ours, messages, baseline };
  } finally {
    network.close();
    scratch.remove();
  }
}
