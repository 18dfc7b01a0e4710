import type { PractitionerId, Provider, QueueEntry } from '@careconnect/contracts';
import { online } from 'svelte/reactivity/window';
import type { ApiClient } from '#lib/api/client.ts';
import { QueueWatch } from '#lib/features/visits/today/queue-watch.ts';

/** Changes that come together are one change of the page. */
const SETTLED_AFTER_MS = 500;

export interface DeskEntry {
  readonly doctor: Pick<Provider, 'id' | 'name'>;
  readonly entry: QueueEntry;
}

export interface DeskQueuesOptions {
  readonly api: ApiClient;
  readonly doctors: readonly Pick<Provider, 'id' | 'name'>[];
  /** Somebody has come, gone or moved since a queue was read before. */
  readonly onChange: () => void;
}

/** The queues of all doctors, as they are now. */
export class DeskQueues {
  isSignedOut = $state(false);
  #queues = $state.raw<Readonly<Partial<Record<PractitionerId, readonly QueueEntry[]>>>>({});
  #isWatched = $state(false);

  readonly #options: DeskQueuesOptions;
  readonly #watch: QueueWatch;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: DeskQueuesOptions) {
    this.#options = options;
    this.#watch = new QueueWatch({
      api: options.api,
      practitionerIds: options.doctors.map(({ id }) => id),
      onQueue: (practitionerId, entries) => this.#take(practitionerId, entries),
      onLive: (isLive) => (this.#isWatched = isLive),
      onSignedOut: () => {
        this.isSignedOut = true;
        this.#queues = {};
      },
    });
  }

  /** Who has come without an appointment, doctor by doctor. */
  get walkIns(): readonly DeskEntry[] {
    return this.#options.doctors.flatMap((doctor) =>
      (this.#queues[doctor.id] ?? [])
        .filter(({ origin }) => origin === 'walk_in')
        .map((entry) => ({ doctor, entry })),
    );
  }

  /** Changes arrive by themselves. A line that has gone is noticed later than the network under it. */
  get isLive(): boolean {
    return this.#isWatched && online.current !== false;
  }

  refresh(): Promise<void> {
    return this.#watch.refresh();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#watch.close();
  }

  #take(practitionerId: PractitionerId, entries: readonly QueueEntry[]): void {
    const before = this.#queues[practitionerId];
    this.#queues = { ...this.#queues, [practitionerId]: entries };
    if (before === undefined || isSame(before, entries)) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#options.onChange();
    }, SETTLED_AFTER_MS);
  }
}

/** Both came through the same contract, which writes their fields in one order. */
function isSame(before: readonly QueueEntry[], now: readonly QueueEntry[]): boolean {
  return JSON.stringify(before) === JSON.stringify(now);
}
