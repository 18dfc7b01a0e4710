import { Counter, type Clock, type Logger, type Registry } from '@careconnect/platform';
import type { Retention } from '../../core/retention.ts';
import { SWEPT, type RetentionRepository, type Swept } from './retention.repository.ts';

export interface RetentionSweepDeps {
  readonly rows: RetentionRepository;
  readonly retention: Retention;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info'>;
  readonly metrics: Registry;
}

const KEPT_FOR: Readonly<Record<Swept, keyof Retention | null>> = {
  identityLink: 'linksMs',
  passwordReset: 'linksMs',
  signInChallenge: 'linksMs',
  webauthnChallenge: 'linksMs',
  sentCode: 'linksMs',
  session: 'sessionsMs',
  qualitySample: 'qualityMs',
  // It carries the last day itself.
  heldRecord: null,
};

/** Takes away what has run out and is no longer of use to anybody. */
export function createRetentionSweep({ rows, retention, clock, log, metrics }: RetentionSweepDeps) {
  const removedTotal = new Counter({
    name: 'careconnect_api_retention_removed_total',
    help: 'Rows that had run out and were taken away, by what they are',
    labelNames: ['what'],
    registers: [metrics],
  });

  return async function sweep(): Promise<void> {
    for (const what of SWEPT) {
      const keptFor = KEPT_FOR[what];
      const before = new Date(clock.now().getTime() - (keptFor === null ? 0 : retention[keptFor]));
      let removed = 0;
      for (let count = -1; count !== 0; removed += count) {
        count = await rows.removeSome(what, before);
        removedTotal.inc({ what }, count);
      }
      if (removed > 0) log.info({ what, removed }, 'what had run out is removed');
    }
  };
}
