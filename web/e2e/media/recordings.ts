import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWav } from './wav.ts';
import { makeY4m, type Rgb } from './y4m.ts';

/** What one person shows and says in a test, so that the other side can be asked what it received. */
export interface Recording {
  readonly name: string;
  readonly colour: Rgb;
  readonly pitchHz: number;
}

export const PATIENT_RECORDING: Recording = {
  name: 'patient',
  colour: { red: 190, green: 50, blue: 40 },
  pitchHz: 210,
};
export const DOCTOR_RECORDING: Recording = {
  name: 'doctor',
  colour: { red: 30, green: 70, blue: 190 },
  pitchHz: 130,
};

export interface RecordingFiles {
  readonly video: string;
  readonly audio: string;
}

/** Writes film and voice of a recording into `folder`. */
export async function writeRecording(folder: string, recording: Recording): Promise<RecordingFiles> {
  await mkdir(folder, { recursive: true });
  const files = {
    video: join(folder, `${recording.name}.y4m`),
    audio: join(folder, `${recording.name}.wav`),
  };
  const film = { width: 640, height: 360, framesPerSecond: 15, frames: 30, background: recording.colour };
  await Promise.all([
    writeFile(files.video, makeY4m(film)),
    writeFile(files.audio, makeWav({ seconds: 4, pitchHz: recording.pitchHz })),
  ]);
  return files;
}
