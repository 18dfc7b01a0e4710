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

  readonly #readStats: () => Promise<RTCStatsReport[]>;
  #before: TrafficSample | null = null;
  #latest: ConnectionGrade = 'good';

  constructor(readStats: () => Promise<RTCStatsReport[]>) {
    this.#readStats = readStats;
  }

  /** @returns what stops it */
  start(): () => void {
    const timer = setInterval(() => {
      // A media path that is being replaced has nothing to tell; the next one starts from nothing.
      this.#sample().catch(() => (this.#before = null));
    }, SAMPLE_MS);
    return () => clearInterval(timer);
  }

  async #sample(): Promise<void> {
    const now = readTraffic(await this.#readStats());
    // Counters start over with a new media path; there is nothing to compare them with.
    if (this.#before && now.packetsReceived >= this.#before.packetsReceived) {
      const grade = gradeConnection(this.#before, now);
      if (grade === this.#latest) this.grade = grade;
      this.#latest = grade;
    }
    this.#before = now;
  }
}
