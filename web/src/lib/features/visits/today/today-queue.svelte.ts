import type { PractitionerId, QueueEntry } from '@careconnect/contracts';
import { online } from 'svelte/reactivity/window';
import type { ApiClient } from '#lib/api/client.ts';
import { hasFinishedOne, newlyWaiting } from './queue-groups.ts';
import { QueueWatch } from './queue-watch.ts';

export interface TodayQueueOptions {
  readonly api: ApiClient;
  readonly practitionerId: PractitionerId;
  readonly entries: readonly QueueEntry[];
  readonly onArrival: (arrived: readonly QueueEntry[]) => void;
  /** A visit that was running has ended. */
  readonly onFinished: () => void;
}

/** One doctor's queue, as it is now. */
export class TodayQueue {
  entries = $state.raw<readonly QueueEntry[]>([]);
  /** The person was signed out, here or elsewhere: nothing is shown and nothing is asked any more. */
  isSignedOut = $state(false);
  #isWatched = $state(false);

  readonly #options: TodayQueueOptions;
  readonly #watch: QueueWatch;

  constructor(options: TodayQueueOptions) {
    this.#options = options;
    this.entries = options.entries;
    this.#watch = new QueueWatch({
      api: options.api,
      practitionerIds: [options.practitionerId],
      onQueue: (_practitionerId, entries) => this.#take(entries),
      onLive: (isLive) => (this.#isWatched = isLive),
      onSignedOut: () => {
        this.isSignedOut = true;
        this.entries = [];
      },
    });
  }

  /** Changes arrive by themselves. A line that has gone is noticed later than the network under it. */
  get isLive(): boolean {
    return this.#isWatched && online.current !== false;
  }

  refresh(): Promise<void> {
    return this.#watch.refresh();
  }

  close(): void {
    this.#watch.close();
  }

  #take(entries: readonly QueueEntry[]): void {
    const before = this.entries;
    this.entries = entries;
    const arrived = newlyWaiting(before, entries);
    if (arrived.length > 0) this.#options.onArrival(arrived);
    if (hasFinishedOne(before, entries)) this.#options.onFinished();
  }
}
