import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { MediaWorker } from '../media/workers/media-worker.ts';
import { RoomPart } from '../media/workers/room-part.ts';
import { startTestWorker } from './test-worker.ts';

/** A room on two workers: where somebody sends, and where others watch. */
export interface TwoParts {
  readonly near: RoomPart;
  readonly far: RoomPart;
}

/** Two workers for all tests of a file, and a room on them for each. */
export function useTwoParts(): TwoParts {
  let workers: readonly MediaWorker[] = [];
  let parts: TwoParts | null = null;
  const started = (): TwoParts => {
    if (!parts) throw new Error('there is no room outside of a test');
    return parts;
  };

  beforeAll(async () => {
    workers = await Promise.all([0, 1].map((index) => startTestWorker(index)));
  });
  afterAll(() => Promise.all(workers.map((worker) => worker.close())));
  beforeEach(async () => {
    const [near, far] = await Promise.all(workers.map((worker) => RoomPart.create(worker)));
    if (!near || !far) throw new Error('there are no workers outside of a test');
    parts = { near, far };
  });
  afterEach(() => {
    started().near.close();
    started().far.close();
    parts = null;
  });
  return {
    get near() {
      return started().near;
    },
    get far() {
      return started().far;
    },
  };
}
