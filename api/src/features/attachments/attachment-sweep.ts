import type { Clock, Logger } from '@careconnect/platform';
import type { AttachmentContent } from './attachment-content.ts';
import type { AttachmentRepository } from './attachment.repository.ts';
import type { FileContents } from './file-content.ts';
import type { StoredFileRepository } from './stored-file.repository.ts';

/** Whoever has had no network for so long records anew: the visit that it was for is over. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

export interface AttachmentSweepDeps {
  readonly attachments: Pick<AttachmentRepository, 'removeAbandoned'>;
  readonly content: Pick<AttachmentContent, 'remove'>;
  readonly storedFiles: Pick<StoredFileRepository, 'removeUnused'>;
  readonly files: Pick<FileContents, 'remove'>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info'>;
}

/**
 * Takes away what was begun, never delivered, and is not going on, and then the files that nobody has. Several nodes may do
 * so at once.
 */
export function createAttachmentSweep(deps: AttachmentSweepDeps) {
  const { attachments, content, storedFiles, files, clock, log } = deps;

  async function untilNone(removeSome: () => Promise<number>): Promise<number> {
    let removed = 0;
    for (;;) {
      const count = await removeSome();
      removed += count;
      if (count === 0) return removed;
    }
  }

  return async function sweep(): Promise<void> {
    const before = new Date(clock.now().getTime() - ABANDONED_AFTER_MS);
    const notes = await untilNone(() => attachments.removeAbandoned(before, (key) => content.remove(key)));
    const unused = await untilNone(() => storedFiles.removeUnused(before, (name) => files.remove(name)));
    if (notes > 0) log.info({ removed: notes }, 'abandoned attachments removed');
    if (unused > 0) log.info({ removed: unused }, 'unused files removed');
  };
}
