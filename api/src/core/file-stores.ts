import { join } from 'node:path';
import { ConfigError } from '@careconnect/platform';
import { createDirectoryBlobStore, type BlobStore } from './blob-store.ts';
import { createDirectoryObjectStore, createS3ObjectStore, type ObjectStore } from './object-store.ts';

/** The settings that say where files are, as the environment has them. */
export interface FileSettings {
  readonly BLOB_DIR: string;
  readonly S3_ENDPOINT?: string | undefined;
  readonly S3_BUCKET?: string | undefined;
  readonly S3_REGION: string;
  readonly S3_ACCESS_KEY_ID?: string | undefined;
  readonly S3_SECRET_ACCESS_KEY?: string | undefined;
}

export interface FileStores {
  readonly blobs: BlobStore;
  readonly objects: ObjectStore;
}

/** Files that are kept lie beside those on their way, whose folders have the names of organizations. */
const KEPT = 'kept';

/** @throws {ConfigError} when some of what S3 needs is missing */
export function openFileStores(settings: FileSettings): FileStores {
  const blobs = createDirectoryBlobStore(settings.BLOB_DIR);
  const {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_REGION: region,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = settings;
  if (!bucket) return { blobs, objects: createDirectoryObjectStore(join(settings.BLOB_DIR, KEPT)) };
  if (!endpoint || !accessKeyId || !secretAccessKey) {
    throw new ConfigError('S3_BUCKET needs S3_ENDPOINT, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY');
  }
  return { blobs, objects: createS3ObjectStore({ endpoint, bucket, region, accessKeyId, secretAccessKey }) };
}
