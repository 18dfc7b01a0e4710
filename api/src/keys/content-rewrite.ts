import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { StoredAttachment } from '../features/attachments/attachment.ts';
import type { AttachmentContent } from '../features/attachments/attachment-content.ts';
import type { AttachmentRepository } from '../features/attachments/attachment.repository.ts';
import type { FileContents } from '../features/attachments/file-content.ts';
import type { StoredFileRepository } from '../features/attachments/stored-file.repository.ts';
import type { RewriteOutcome } from './rewrite.ts';

export interface ContentRewriteDeps {
  readonly attachments: Pick<AttachmentRepository, 'rewriteNext' | 'findWaiting'>;
  readonly content: Pick<AttachmentContent, 'read' | 'rewrite'>;
  readonly storedFiles: Pick<StoredFileRepository, 'rewriteNext'>;
  readonly files: Pick<FileContents, 'rewrite'>;
  readonly keep: (note: StoredAttachment, bytes: Buffer) => Promise<void>;
  readonly currentVersion: () => number;
  readonly onProgress: (rewritten: number) => void;
}

interface Step {
  readonly id: string;
  readonly outcome: 'rewritten' | 'unreadable';
}

/**
 * Brings every file under the data key that seals now, one after the other: each is replaced at once, as a whole. What was
 * delivered before files were kept by what they are is kept so from now on.
 */
export function createContentRewrite(deps: ContentRewriteDeps) {
  const { attachments, content, storedFiles, files, keep, currentVersion, onProgress } = deps;

  async function keepFormer(note: StoredAttachment): Promise<boolean> {
    const bytes = await buffer(Readable.from(content.read(note, 0, note.sizeBytes - 1))).catch(() => null);
    if (!bytes) return false;
    await keep(note, bytes);
    return true;
  }

  async function* formerlyDelivered(): AsyncGenerator<Step> {
    let after: StoredAttachment['id'] | null = null;
    for (;;) {
      const notes = await attachments.findWaiting(after);
      const last = notes.at(-1);
      if (!last) return;
      for (const note of notes.filter(({ isDelivered }) => isDelivered)) {
        yield { id: note.id, outcome: (await keepFormer(note)) ? 'rewritten' : 'unreadable' };
      }
      after = last.id;
    }
  }

  async function* eachFrom(next: (after: string | null) => Promise<Step | null>): AsyncGenerator<Step> {
    let step = await next(null);
    while (step) {
      yield step;
      step = await next(step.id);
    }
  }

  async function* all(): AsyncGenerator<Step> {
    yield* formerlyDelivered();
    yield* eachFrom((after) =>
      attachments.rewriteNext({ version: currentVersion(), after }, (note) => content.rewrite(note)),
    );
    yield* eachFrom((after) =>
      storedFiles.rewriteNext({ version: currentVersion(), after }, (file) => files.rewrite(file)),
    );
  }

  return async function rewriteContent(): Promise<RewriteOutcome> {
    const unreadable: string[] = [];
    let rewritten = 0;
    for await (const { id, outcome } of all()) {
      if (outcome === 'rewritten') onProgress((rewritten += 1));
      else unreadable.push(id);
    }
    return { rewritten, unreadable };
  };
}
