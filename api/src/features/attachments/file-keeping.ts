import type { StoredAttachment } from './attachment.ts';
import type { AttachmentContent } from './attachment-content.ts';
import type { FileContents } from './file-content.ts';
import type { StoredFileRepository } from './stored-file.repository.ts';

export interface FileKeepingDeps {
  readonly files: Pick<FileContents, 'addressOf' | 'put' | 'currentKeyVersion'>;
  readonly storedFiles: Pick<StoredFileRepository, 'assign'>;
  readonly content: Pick<AttachmentContent, 'remove'>;
  readonly now: () => Date;
}

/** Keeps what a note holds by what it is. Only when that is done, what lay by itself goes. */
export function createFileKeeping({ files, storedFiles, content, now }: FileKeepingDeps) {
  return async function keep(note: StoredAttachment, bytes: Uint8Array): Promise<void> {
    const { organizationId, sizeBytes } = note;
    const address = files.addressOf(organizationId, bytes);
    const file = { organizationId, address, sizeBytes, keyVersion: files.currentKeyVersion(), at: now() };
    await storedFiles.assign(note, file, () => files.put(file, bytes));
    await content.remove(note);
  };
}
