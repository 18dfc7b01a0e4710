import { isSilence } from '../stay/measuring/heard-from.ts';
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
    const received = now && this.#before ? now.packetsReceived - this.#before.packetsReceived : -1;
    // Counters start over with a new media path; there is nothing to compare them with. And where nothing comes in at all,
    // nothing is lost either: whatever was known before says more.
    const isTelling = received > 0 || (received === 0 && !isSilence(reports ?? []));
    if (now && this.#before && isTelling) {
      const grade = gradeConnection(this.#before, now);
      if (grade === this.#latest) this.grade = grade;
      this.#latest = grade;
    }
    this.#before = now;
  }
}
