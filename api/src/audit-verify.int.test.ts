import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLogger, createMetrics } from '@careconnect/platform';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { composeSealing } from './audit.compose.ts';
import { createAnchorFile, readAnchors } from './core/anchor-store.ts';
import { makeOrganization, type Clinic } from './testing/a-clinic.ts';
import { startTestApi, type TestApi } from './testing/test-api.ts';

let api: TestApi;
let clinic: Clinic;
let directory: string;
let anchorFile: string;

beforeAll(async () => {
  api = await startTestApi({ postgresUrl: inject('postgresUrl') });
  clinic = await makeOrganization(api.database);
  directory = await mkdtemp(join(tmpdir(), 'careconnect-anchors-'));
  anchorFile = join(directory, 'kept', 'anchors.jsonl');
});
afterAll(async () => {
  await api.close();
  await rm(directory, { recursive: true, force: true });
});

const unsealed = () => api.database.prisma.auditEvent.count({ where: { sealNumber: null } });

/** The command as an operator runs it. */
async function command(...args: string[]): Promise<{ code: number; said: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: api.database.pool.options.connectionString,
    AUDIT_SIGNING_KEY: api.auditSigningKey,
    AUDIT_ANCHOR_FILE: anchorFile,
  };
  const script = join(import.meta.dirname, 'audit-verify.main.ts');
  const run = promisify(execFile)(process.execPath, [script, ...args], { env });
  return run.then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      said: stdout + stderr,
    }),
  );
}

test('a running api seals by itself, and once more when it stops', async () => {
  const { database, clock, auditSigningKey } = api;
  const sealing = composeSealing({
    ...{ database, clock, auditSigningKey, auditAnchorEveryMs: 0, metrics: createMetrics('sealing') },
    anchors: createAnchorFile(anchorFile),
    log: createLogger({ name: 'sealing', level: 'silent' }),
  });
  await api.signIn(clinic.members.doctor);
  sealing.start();
  await expect.poll(unsealed, { timeout: 5_000 }).toBe(0);
  await api.signIn(clinic.members.admin);
  expect(await unsealed()).toBeGreaterThan(0);
  await sealing.stop();
  expect(await unsealed()).toBe(0);
  expect((await readAnchors(anchorFile)).at(-1)).toMatchObject({ organizationId: clinic.organizationId });
});

test('the command tells with its words and its exit code whether trails are as they were written', async () => {
  const { code, said } = await command();
  expect(said).toMatch(/^✓ clinic-\S+: as it was written\. \d+ rows in \d+ seals, the newest/m);
  expect(code).toBe(0);
  const { slug } = await api.database.prisma.organization.findFirstOrThrow();
  const client = await api.database.pool.connect();
  await client.query(
    `BEGIN; SET LOCAL session_replication_role = replica; UPDATE audit_event SET action = 'x'; COMMIT`,
  );
  client.release();
  const [wrong, cannot] = await Promise.all([
    command('--organization', slug),
    command('--organization', 'nowhere'),
  ]);
  expect(wrong.said).toMatch(/^✗ clinic-\S+: NOT as it was written\.[^]* row \S+ was changed after seal 1 /m);
  expect(wrong.code).toBe(1);
  expect(cannot).toEqual({ code: 1, said: 'There is no organization "nowhere".\n' });
});
