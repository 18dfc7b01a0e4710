import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFakeS3, type FakeS3 } from '../testing/fake-s3.ts';
import { openFileStores } from './file-stores.ts';
import type { ObjectStore } from './object-store.ts';

let directory: string;
let s3: FakeS3;
let settings: Parameters<typeof openFileStores>[0];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'careconnect-objects-'));
  s3 = await startFakeS3();
  settings = {
    BLOB_DIR: directory,
    S3_REGION: 'eu-central-1',
    S3_BUCKET: 'clinic-files',
    S3_ENDPOINT: s3.endpoint,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
  };
});
afterAll(async () => {
  await s3.close();
  await rm(directory, { recursive: true, force: true });
});

const aName = () => ({ organizationId: randomUUID(), address: randomBytes(32).toString('hex') });

describe.each(['a directory', 'S3'])('%s', (kind) => {
  let objects: ObjectStore;
  beforeAll(() => {
    const { S3_BUCKET, ...local } = settings;
    ({ objects } = openFileStores(kind === 'S3' ? { ...local, S3_BUCKET } : local));
  });

  test('keeps an object whole, and reads any part of it', async () => {
    const name = aName();
    const bytes = randomBytes(300_000);
    await objects.put(name, bytes);
    expect((await objects.readAt(name, 0, bytes.length)).equals(bytes)).toBe(true);
    expect((await objects.readAt(name, 100, 50)).equals(bytes.subarray(100, 150))).toBe(true);
    const end = await objects.readAt(name, bytes.length - 10, 1_000);
    expect(end.equals(bytes.subarray(-10)), 'shorter at the end').toBe(true);
  });

  test('replaces an object, and forgets one', async () => {
    const name = aName();
    await objects.put(name, randomBytes(1_000));
    const bytes = randomBytes(500);
    await objects.put(name, bytes);
    expect((await objects.readAt(name, 0, 1_000)).equals(bytes)).toBe(true);
    await objects.remove(name);
    await objects.remove(name);
    await expect(objects.readAt(name, 0, 10)).rejects.toThrow();
  });

  test('takes no other name than one of ours', async () => {
    for (const name of [
      { ...aName(), address: '../secrets.json' },
      { ...aName(), organizationId: '..' },
    ]) {
      await expect(async () => objects.put(name, randomBytes(1))).rejects.toThrow(
        'an object has no such name',
      );
    }
  });
});

test('whoever does not know the secret gets nothing of S3', async () => {
  const { objects } = openFileStores({ ...settings, S3_SECRET_ACCESS_KEY: 'guessed' });
  const name = aName();
  await expect(objects.put(name, randomBytes(10))).rejects.toThrow('the file store answered 403');
  await expect(objects.readAt(name, 0, 10)).rejects.toThrow('the file store answered 403');
  expect([...s3.objects.keys()].filter((key) => key.includes(name.address))).toEqual([]);
});

test('a directory holds no half of an object', async () => {
  const { S3_BUCKET: _bucket, ...local } = settings;
  const { objects } = openFileStores(local);
  const name = aName();
  await Promise.all(Array.from({ length: 5 }, () => objects.put(name, randomBytes(100_000))));
  const folder = join(directory, 'kept', name.organizationId, name.address.slice(0, 2));
  expect(await readdir(folder)).toEqual([name.address]);
});

test('half the settings of S3 are said in a sentence', () => {
  expect(() => openFileStores({ ...settings, S3_ENDPOINT: undefined })).toThrow(
    'S3_BUCKET needs S3_ENDPOINT',
  );
});
