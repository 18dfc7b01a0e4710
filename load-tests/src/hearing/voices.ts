import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { readWav, type Sound } from './wav.ts';

/** Somebody who says the same again and again. */
export interface Voice {
  /** A WAV file for Chromium's fake microphone. */
  readonly file: string;
  readonly sound: Sound;
}

export interface Voices {
  readonly doctor: Voice;
  readonly patient: Voice;
}

/** Different people and words, so that no echo canceller takes one for the other. */
const SPEAKERS = {
  doctor: {
    voice: 'en-us+m3',
    text:
      'Good morning. Tell me when the fever began, and how high it was last night. Take one tablet after breakfast ' +
      'and another before you go to bed. Drink plenty of water. If the pain gets worse, call the clinic at once.',
  },
  patient: {
    voice: 'en-gb+f2',
    text:
      'My daughter has been coughing since Thursday, and she does not want to eat. We gave her the syrup twice, but ' +
      'it did not help her sleep. Her temperature was thirty nine this morning. Should we bring her to you?',
  },
} as const;

/** @param espeak - the program of espeak-ng */
export async function recordVoices(espeak: string, folder: string): Promise<Voices> {
  const [doctor, patient] = await Promise.all([
    record(espeak, folder, 'doctor'),
    record(espeak, folder, 'patient'),
  ]);
  return { doctor, patient };
}

async function record(espeak: string, folder: string, speaker: keyof typeof SPEAKERS): Promise<Voice> {
  const file = join(folder, `${speaker}.wav`);
  const { voice, text } = SPEAKERS[speaker];
  await promisify(execFile)(espeak, ['-v', voice, '-w', file, text], {
    env: { ...process.env, ...dataOf(espeak) },
  });
  return { file, sound: readWav(await readFile(file)) };
}

/** One that was unpacked into a folder does not find its own voices. */
function dataOf(espeak: string): { ESPEAK_DATA_PATH?: string } {
  const folders = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((name) =>
    join(dirname(espeak), 'usr', 'lib', name),
  );
  const found = folders.find((folder) => existsSync(join(folder, 'espeak-ng-data')));
  return found === undefined ? {} : { ESPEAK_DATA_PATH: found };
}
