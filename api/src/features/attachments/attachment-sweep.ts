import type { Clock, Logger } from '@careconnect/platform';
import type { AttachmentContent } from './attachment-content.ts';
import type { AttachmentRepository } from './attachment.repository.ts';

/** Whoever has had no network for so long records anew: the visit that it was for is over. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

export interface AttachmentSweepDeps {
  readonly attachments: Pick<AttachmentRepository, 'removeAbandoned'>;
  readonly content: Pick<AttachmentContent, 'remove'>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info'>;
}

/** Takes away what was begun, never delivered, and is not going on. Several nodes may do so at once. */
export function createAttachmentSweep({ attachments, content, clock, log }: AttachmentSweepDeps) {
  return async function sweep(): Promise<void> {
    const before = new Date(clock.now().getTime() - ABANDONED_AFTER_MS);
    let removed = 0;
    for (;;) {
      const count = await attachments.removeAbandoned(before, (key) => content.remove(key));
      removed += count;
      if (count === 0) break;
    }
    if (removed > 0) log.info({ removed }, 'abandoned attachments removed');
  };
}
