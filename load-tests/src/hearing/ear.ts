import type { Page } from 'playwright-core';
import { CONNECTIONS } from '../pages/connection-watch.ts';
import { toSamples, type Sound } from './wav.ts';

const EAR = 'openEar';

/** What a page was played while somebody listened; null where there was no sound. */
export type Heard = Sound | null;

interface Ear {
  stop(): Promise<{ hertz: number; base64: string } | null>;
}

/** Chromium's, which TypeScript does not know yet. */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack });
  readonly readable: ReadableStream<AudioData>;
}

/**
 * Listens to everything that a page receives from now on.
 * @returns ends it and answers the loudest of what came, with silence for the time in which it was not there: a track that
 *   ends, and one that comes later, are not heard to the end
 */
export async function listen(page: Page): Promise<() => Promise<Heard>> {
  await page.evaluate(
    ([kept, name]) => {
      const page = globalThis as unknown as Record<string, unknown>;
      const connections = page[kept] as RTCPeerConnection[];
      const tracks = connections.flatMap((connection) => connection.getReceivers().map(({ track }) => track));
      const recordings = tracks
        .filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live')
        .map((track) => {
          const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
          const pieces: Float32Array<ArrayBuffer>[] = [];
          let hertz = 0;
          const read = async (): Promise<void> => {
            for (;;) {
              const { value, done } = await reader.read();
              if (done) return;
              const piece = new Float32Array(value.numberOfFrames);
              value.copyTo(piece, { planeIndex: 0, format: 'f32-planar' });
              hertz = value.sampleRate;
              value.close();
              pieces.push(piece);
            }
          };
          const ended = read();
          return {
            async stop() {
              await reader.cancel();
              await ended;
              const energy = pieces.reduce(
                (sum, piece) => piece.reduce((all, value) => all + value * value, sum),
                0,
              );
              return { pieces, hertz, energy };
            },
          };
        });
      const ear: Ear = {
        async stop() {
          const all = await Promise.all(recordings.map((recording) => recording.stop()));
          const [loudest] = all.toSorted((one, other) => other.energy - one.energy);
          if (!loudest || loudest.hertz === 0) return null;
          const bytes = new Uint8Array(loudest.pieces.reduce((sum, { length }) => sum + 2 * length, 0));
          const view = new DataView(bytes.buffer);
          let at = 0;
          for (const piece of loudest.pieces)
            for (const value of piece) {
              view.setInt16(at, Math.max(-1, Math.min(1, value)) * 0x7fff, true);
              at += 2;
            }
          let text = '';
          for (let from = 0; from < bytes.length; from += 0x8000)
            text += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
          return { hertz: loudest.hertz, base64: btoa(text) };
        },
      };
      page[name] = ear;
    },
    [CONNECTIONS, EAR] as const,
  );
  const sinceMs = performance.now();
  return async () => {
    const seconds = (performance.now() - sinceMs) / 1_000;
    const heard = await page.evaluate(async (name) => {
      const page = globalThis as unknown as Record<string, Ear | undefined>;
      const answer = await page[name]?.stop();
      delete page[name];
      return answer ?? null;
    }, EAR);
    return (
      heard &&
      padded({ hertz: heard.hertz, samples: toSamples(Buffer.from(heard.base64, 'base64')) }, seconds)
    );
  };
}

function padded({ hertz, samples }: Sound, seconds: number): Sound {
  const whole = new Float64Array(Math.max(samples.length, Math.floor(seconds * hertz)));
  whole.set(samples);
  return { hertz, samples: whole };
}
