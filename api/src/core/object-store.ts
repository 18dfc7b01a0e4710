import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AwsClient } from 'aws4fetch';

/** Whole things that are never changed in place, by what they are. What is given is already encrypted. */
export interface ObjectStore {
  /** Stored for good when this resolves, whole or not at all; replaces one of this name. */
  put(name: ObjectName, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Shorter than asked at the end of the object. @throws when there is none */
  readAt(name: ObjectName, position: number, length: number): Promise<Buffer>;
  /** Nothing happens where there is none. */
  remove(name: ObjectName): Promise<void>;
}

/** The tenant, and the address of the content. */
export interface ObjectName {
  readonly organizationId: string;
  readonly address: string;
}

const ORGANIZATION = /^[0-9a-f-]{36}$/;
const ADDRESS = /^[0-9a-f]{64}$/;
/** Shorter than a transaction may take, in which a file is stored. */
const REQUEST_TIMEOUT_MS = 12_000;

function partsOf({ organizationId, address }: ObjectName): readonly [string, string] {
  if (!ORGANIZATION.test(organizationId) || !ADDRESS.test(address))
    throw new TypeError('an object has no such name');
  return [organizationId, address];
}

/** One file each under `directory`, which several api nodes share when there are several. */
export function createDirectoryObjectStore(directory: string): ObjectStore {
  const pathOf = (name: ObjectName): string => {
    const [organizationId, address] = partsOf(name);
    // A directory with a hundred thousand files is slow to look into on many file systems.
    return join(directory, organizationId, address.slice(0, 2), address);
  };

  return {
    async put(name, bytes) {
      const path = pathOf(name);
      const unfinished = `${path}.${randomUUID()}`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        await writeDurably(unfinished, bytes);
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      await syncDirectory(dirname(path));
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

    remove: (name) => rm(pathOf(name), { force: true }),
  };
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A name that is not on disk yet may be gone after a power cut. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

export interface S3Options {
  /** `https://s3.eu-central-1.amazonaws.com`, `http://minio:9000` */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** One object each in a bucket of whatever speaks S3, addressed by path, as all of them understand. */
export function createS3ObjectStore({
  endpoint,
  bucket,
  region,
  accessKeyId,
  secretAccessKey,
}: S3Options): ObjectStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 });

  async function ask(name: ObjectName, init: RequestInit, expected: readonly number[]): Promise<Response> {
    const url = new URL([bucket, ...partsOf(name)].map(encodeURIComponent).join('/'), endpoint);
    const response = await client.fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
    if (expected.includes(response.status)) return response;
    await response.body?.cancel();
    throw new Error(`the file store answered ${response.status} to ${init.method ?? 'GET'}`);
  }

  return {
    async put(name, bytes) {
      // Signed with what is sent, so that nothing on the way can change it.
      const headers = { 'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex') };
      const response = await ask(name, { method: 'PUT', body: bytes, headers }, [200]);
      await response.body?.cancel();
    },

    async readAt(name, position, length) {
      const headers = { range: `bytes=${position}-${position + length - 1}` };
      const response = await ask(name, { headers }, [206]);
      return Buffer.from(await response.arrayBuffer());
    },

    async remove(name) {
      const response = await ask(name, { method: 'DELETE' }, [204, 200, 404]);
      await response.body?.cancel();
    },
  };
}
