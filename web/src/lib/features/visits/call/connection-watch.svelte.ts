import {
  gradeConnection,
  readTraffic,
  type ConnectionGrade,
  type TrafficSample,
} from './connection-grade.ts';

/** Grades the running media with every reading. One odd reading is no news: two in a row are. */
export class ConnectionWatch {
  grade = $state<ConnectionGrade>('good');

  #before: TrafficSample | null = null;
  #latest: ConnectionGrade = 'good';

  /** Null while the media path is being replaced; the next one starts from nothing. */
  take(reports: readonly RTCStatsReport[] | null): void {
    const now = reports && readTraffic(reports);
    // Counters start over with a new media path; there is nothing to compare them with.
    if (now && this.#before && now.packetsReceived >= this.#before.packetsReceived) {
      const grade = gradeConnection(this.#before, now);
      if (grade === this.#latest) this.grade = grade;
      this.#latest = grade;
    }
    this.#before = now;
  }
}
