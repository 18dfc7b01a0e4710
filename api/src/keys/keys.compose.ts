import {
  createContentCipher,
  createFieldCipher,
  createInstallationKeys,
  createPatientContacts,
  type Database,
  type KeyHolders,
} from '@careconnect/prisma';
import type { FileStores } from '../core/file-stores.ts';
import { createAttachmentContent } from '../features/attachments/attachment-content.ts';
import { createAttachmentRepository } from '../features/attachments/attachment.repository.ts';
import { createFileKeeping } from '../features/attachments/file-keeping.ts';
import { createFileContents } from '../features/attachments/file-content.ts';
import { createStoredFileRepository } from '../features/attachments/stored-file.repository.ts';
import { createContentRewrite } from './content-rewrite.ts';
import { createEncryptedValueRepository } from './encrypted-value.repository.ts';
import { createKeyCensus } from './key-census.ts';
import { createKeyCommands } from './key-commands.ts';
import { createContactRewrite } from './contact-rewrite.ts';
import { createPlainContactRepository } from './plain-contact.repository.ts';
import { createRewrite } from './rewrite.ts';

export interface KeysEdge extends FileStores {
  readonly database: Database;
  readonly keys: KeyHolders;
  readonly now: () => Date;
  readonly say: (line: string) => void;
}

/** What `npm run keys` does, beside the running api and without it. */
export async function composeKeyCommands({ database, keys: holders, blobs, objects, now, say }: KeysEdge) {
  const keys = createInstallationKeys({ ...holders, database, now });
  await keys.open();
  const { dataKeys, keyRing } = keys;
  const values = createEncryptedValueRepository(database);
  const attachments = createAttachmentRepository(database);
  const storedFiles = createStoredFileRepository(database);
  const contentCipher = createContentCipher(keys);
  const files = createFileContents({ objects, cipher: contentCipher, keyRing });
  const content = createAttachmentContent({ blobs, cipher: contentCipher, files });
  const currentVersion = () => keyRing.currentVersion();
  const cipher = createFieldCipher(keys);
  return createKeyCommands({
    dataKeys,
    keyRing,
    census: createKeyCensus({ dataKeys, values, attachments, storedFiles }),
    rewrite: createRewrite({
      values,
      cipher,
      currentVersion,
      onProgress: (field, rewritten) => say(`${field}: ${rewritten}`),
    }),
    rewriteContacts: createContactRewrite({
      plainContacts: createPlainContactRepository(database),
      contacts: createPatientContacts({ cipher, keyRing }),
      onProgress: (rewritten) => say(`contacts of patients: ${rewritten}`),
    }),
    rewriteContent: createContentRewrite({
      attachments,
      content,
      storedFiles,
      files,
      keep: createFileKeeping({ files, storedFiles, content, now }),
      currentVersion,
      onProgress: (rewritten) => say(`files: ${rewritten}`),
    }),
    say,
  });
}
