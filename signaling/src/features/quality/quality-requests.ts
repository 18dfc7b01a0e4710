import type { QualityReport, RequestHandlers, seatRequests, ServerMeasures } from '@careconnect/contracts';
import type { QualitySample } from '@careconnect/contracts/internal';
import type { Clock, Logger } from '@careconnect/platform';
import { TokenBucket } from '../../core/token-bucket.ts';
import type { Outbox } from '../../upstream/outbox.ts';
import type { SfuPort } from '../../upstream/sfu-port.ts';
import type { Seat } from '../visits/seat.ts';
import type { SeatedPage } from '../visits/seated-page.ts';
import { visitErrors } from '../visits/visit-errors.ts';

type QualityHandlers = Pick<RequestHandlers<typeof seatRequests, SeatedPage>, 'quality:report'>;

export interface QualityRequestDeps {
  readonly sfu: SfuPort;
  readonly samples: Pick<Outbox<QualitySample>, 'put'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Twice as many periods as there are, and the two minutes that a page keeps: more than that is made up. */
const REPORTS = { burst: 30, perSecond: 0.4 };
/** A report that is older tells of another moment than the media server does now. */
const SAME_MOMENT_MS = 3_000;

/** How sound and picture are: what a page tells, beside what the media server measured at its end. */
export function createQualityRequests({ sfu, samples, clock, log }: QualityRequestDeps): QualityHandlers {
  const shares = new WeakMap<Seat, TokenBucket>();

  /** A page that tells too much loses what is too much, and nobody else loses anything. */
  function allowed(seat: Seat, reports: readonly QualityReport[]): QualityReport[] {
    const share = shares.get(seat) ?? new TokenBucket(REPORTS, clock);
    shares.set(seat, share);
    return reports.filter(() => share.take());
  }

  async function measure({ room, seat }: SeatedPage): Promise<ServerMeasures | null> {
    if (!seat.hasTransports) return null;
    try {
      return await sfu.request('seat:stats', { roomId: room.id, seatId: seat.id });
    } catch (error) {
      log.debug({ err: error, visitId: room.id, seatId: seat.id }, 'the sfu did not tell of a seat');
      return null;
    }
  }

  return {
    'quality:report': async (page, { reports }) => {
      const { room, seat } = page;
      if (!seat.isInRoom) throw visitErrors.notInRoom();
      const now = clock.now().getTime();
      const taken = allowed(seat, reports);
      const isOfNow = ({ ageMs }: QualityReport) => ageMs <= SAME_MOMENT_MS;
      const server = taken.some(isOfNow) ? await measure(page) : null;
      for (const report of taken) {
        samples.put({
          ...room.seats.keyOf(seat.id),
          idempotencyKey: report.reportId,
          at: new Date(now - report.ageMs).toISOString(),
          measures: report.measures,
          server: isOfNow(report) ? server : null,
        });
      }
      return {};
    },
  };
}
