import { Gauge, type Logger, type Registry } from '@careconnect/platform';
import type { SealRepository } from './seal.repository.ts';

export interface SealMetricsDeps {
  readonly metrics: Registry;
  readonly seals: Pick<SealRepository, 'waiting'>;
  readonly log: Pick<Logger, 'warn'>;
}

/** Whether the trail is sealed as it is written; until then a row could be changed unseen. */
export function createSealMetrics({ metrics, seals, log }: SealMetricsDeps): void {
  new Gauge({
    name: 'careconnect_api_audit_unsealed_seconds',
    help: 'How long the oldest audit row has waited for its seal, of all organizations; 0 when none waits',
    registers: [metrics],
    async collect() {
      this.reset();
      const waiting = await seals.waiting().catch((error: unknown) => {
        log.warn({ err: error }, 'what is not sealed could not be read');
        return null;
      });
      if (waiting) this.set(Math.max(0, ...waiting.map(({ seconds }) => seconds)));
    },
  });
}
