import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Bytes beside the database, by name. What is given is already encrypted. */
export interface BlobStore {
  /** On disk when this resolves. */
  writeAt(name: BlobName, position: number, bytes: Uint8Array): Promise<void>;
  /** Shorter than asked at the end of the blob. @throws when there is no such blob */
  readAt(name: BlobName, position: number, length: number): Promise<Buffer>;
  /** At once: whoever reads it gets the old bytes or the new. On disk when this resolves. */
  replace(name: BlobName, bytes: Uint8Array): Promise<void>;
  /** Nothing happens where there is none. */
  remove(name: BlobName): Promise<void>;
}

/** Ids of ours from the widest to the narrowest, the tenant first. */
export type BlobName = readonly [organizationId: string, visitId: string, id: string];

const ID = /^[0-9a-f-]{36}$/i;

/** One file each under `directory`, which several api nodes share when there are several. */
export function createDirectoryBlobStore(directory: string): BlobStore {
  function pathOf(name: BlobName): string {
    if (!name.every((part) => ID.test(part))) throw new TypeError('a blob is named by ids');
    return join(directory, ...name);
  }

  return {
    async writeAt(name, position, bytes) {
      const path = pathOf(name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // Append would ignore the position; without truncation a part can be written anew.
      const file = await open(path, 'r+').catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        return open(path, 'w+', 0o600);
      });
      try {
        await file.write(bytes, 0, bytes.byteLength, position);
        await file.datasync();
      } finally {
        await file.close();
      }
    },

    async readAt(name, position, length) {
      const file = await open(pathOf(name), 'r');
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },

    async replace(name, bytes) {
      const path = pathOf(name);
      const unfinished = `${path}.${randomUUID()}`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(unfinished, bytes, { mode: 0o600, flush: true });
      await rename(unfinished, path);
    },

    remove: (name) => rm(pathOf(name), { force: true }),
  };
}
