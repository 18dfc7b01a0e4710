import {
  gradeConnection,
  readTraffic,
  type ConnectionGrade,
  type TrafficSample,
} from './connection-grade.ts';

const SAMPLE_MS = 2_000;

/** Grades the running media every two seconds. One odd sample is no news: two in a row are. */
export class ConnectionWatch {
  grade = $state<ConnectionGrade>('good');

  readonly #timer: ReturnType<typeof setInterval>;
  #before: TrafficSample | null = null;
  #latest: ConnectionGrade = 'good';

  constructor(readStats: () => Promise<RTCStatsReport[]>) {
    this.#timer = setInterval(() => void this.#sample(readStats), SAMPLE_MS);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #sample(readStats: () => Promise<RTCStatsReport[]>): Promise<void> {
    const now = readTraffic(await readStats());
    // Counters start over with a new media path; there is nothing to compare them with.
    if (this.#before && now.packetsReceived >= this.#before.packetsReceived) {
      const grade = gradeConnection(this.#before, now);
      if (grade === this.#latest) this.grade = grade;
      this.#latest = grade;
    }
    this.#before = now;
  }
}
