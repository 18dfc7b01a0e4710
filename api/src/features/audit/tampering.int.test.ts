import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { Anchor } from '../../core/anchor-store.ts';
import { hashOfSeal, type Seal } from './seal.ts';
import { SEAL } from './seal-row.repository.ts';
import { createSigningKey } from './signing-key.ts';
import { startTrailScene, type TrailScene } from './testing/a-trail.ts';

let scene: TrailScene;
let organizationId: string;
let ids: string[];
let anchors: Anchor[];

beforeAll(async () => {
  scene = await startTrailScene(inject('postgresUrl'));
});
afterAll(() => scene.close());

/** Three seals of three rows each, anchored. */
beforeEach(async () => {
  organizationId = randomUUID();
  for (let seal = 1; seal <= 3; seal += 1) {
    await scene.writeRows(organizationId, 3);
    await scene.api.seal();
  }
  await scene.api.anchor();
  anchors = scene.api.anchors.filter((anchor) => anchor.organizationId === organizationId);
  const { rows } = await scene.intruder.query<{ id: string }>(
    'SELECT id FROM audit_event WHERE organization_id = $1 ORDER BY id',
    [organizationId],
  );
  ids = rows.map(({ id }) => id);
  expect(await scene.verify(organizationId, anchors)).toMatchObject({ isGood: true, rows: 9, seals: 3 });
});

const faults = async (known = anchors) => (await scene.verify(organizationId, known)).faults;

test.each([
  ['actor_user_id', 'gen_random_uuid()'],
  ['actor_user_id', 'NULL'],
  ['actor_role', `'admin'`],
  ['action', `'patient.create'`],
  ['entity_type', `'visit'`],
  ['entity_id', 'gen_random_uuid()'],
  ['patient_id', 'NULL'],
  ['request_id', `request_id || 'x'`],
  ['at', `at + interval '1 ms'`],
  ['at', `'infinity'`],
  ['outcome', `'denied'`],
  ['detail', `'{"count": 1}'`],
])('whoever changes %s to %s past the triggers is told of, with the row', async (column, value) => {
  await scene.intruder.query(`UPDATE audit_event SET ${column} = ${value} WHERE id = $1`, [ids[4]]);
  expect(await faults()).toEqual([{ kind: 'row-changed', number: 2, rowId: ids[4] }]);
});

test('so is a change of the id, the organization or the seal of a row', async () => {
  const [, one, , , two, , , three] = ids;
  const { rows } = await scene.intruder.query<{ id: string }>(
    'UPDATE audit_event SET id = uuidv7() WHERE id = $1 RETURNING id',
    [one],
  );
  await scene.intruder.query('UPDATE audit_event SET organization_id = gen_random_uuid() WHERE id = $1', [
    two,
  ]);
  await scene.intruder.query('UPDATE audit_event SET seal_number = 9 WHERE id = $1', [three]);
  expect(await faults()).toEqual([
    { kind: 'row-missing', number: 1, after: ids[0] },
    { kind: 'row-inserted', number: 1, rowId: rows[0]?.id },
    { kind: 'row-missing', number: 2, after: ids[3] },
    { kind: 'row-missing', number: 3, after: ids[6] },
    { kind: 'rows-of-no-seal', number: 9, count: 1 },
  ]);
});

test('so are rows that were deleted, inserted or swapped', async () => {
  await scene.intruder.query('DELETE FROM audit_event WHERE id = $1', [ids[0]]);
  const { rows } = await scene.intruder.query<{ id: string }>(
    `INSERT INTO audit_event (organization_id, actor_role, action, entity_type, request_id, at, seal_number)
     SELECT organization_id, actor_role, action, entity_type, request_id, at, seal_number
       FROM audit_event WHERE id = $1 RETURNING id`,
    [ids[4]],
  );
  await scene.intruder.query(
    `UPDATE audit_event AS one SET request_id = other.request_id FROM audit_event AS other
      WHERE (one.id, other.id) IN (($1, $2), ($2, $1))`,
    [ids[6], ids[7]],
  );
  expect(await faults()).toEqual([
    { kind: 'row-missing', number: 1, after: null },
    { kind: 'row-inserted', number: 2, rowId: rows[0]?.id },
    { kind: 'row-changed', number: 3, rowId: ids[6] },
    { kind: 'row-changed', number: 3, rowId: ids[7] },
  ]);
});

test.each([
  ['version', '2', ['version-unknown']],
  ['first_at', `first_at - interval '1 ms'`, ['seal-changed']],
  ['last_at', `last_at + interval '1 ms'`, ['seal-changed']],
  ['row_count', '2, row_marks = substr(row_marks, 1, 16)', ['seal-changed', 'row-inserted']],
  ['row_marks', `overlay(row_marks PLACING '\\x00' FROM 1)`, ['seal-changed']],
  ['rows_digest', 'sha256(rows_digest)', ['seal-changed', 'rows-differ']],
  ['previous_hash', 'sha256(previous_hash)', ['not-linked', 'seal-changed']],
  ['hash', 'sha256(hash)', ['seal-changed', 'signature-wrong', 'not-linked']],
  ['signature', 'sha256(signature) || sha256(hash)', ['signature-wrong']],
  ['key_id', `'0123456789abcdef'`, ['seal-changed', 'key-unknown']],
  ['sealed_at', `sealed_at - interval '1 day'`, ['seal-changed']],
  ['number', '7', ['rows-of-no-seal', 'seals-missing', 'seals-missing', 'seal-changed']],
])('so is a change of %s in a seal', async (column, value, kinds) => {
  await scene.intruder.query(
    `UPDATE audit_seal SET ${column} = ${value} WHERE organization_id = $1 AND number = 2`,
    [organizationId],
  );
  expect((await faults()).map(({ kind }) => kind)).toEqual(expect.arrayContaining(kinds));
});

test('an end that was cut off is found by the anchors', async () => {
  await scene.intruder.query('DELETE FROM audit_seal WHERE organization_id = $1 AND number = 3', [
    organizationId,
  ]);
  expect((await faults([])).map(({ kind }) => kind)).toEqual(['rows-of-no-seal']);
  await scene.intruder.query('DELETE FROM audit_event WHERE organization_id = $1 AND seal_number = 3', [
    organizationId,
  ]);
  expect(await faults([])).toEqual([]);
  expect(await faults()).toEqual([{ kind: 'chain-cut', number: 3, newest: 2 }]);
});

test('an end that the platform itself was made to seal anew is found by the anchors', async () => {
  await scene.intruder.query('DELETE FROM audit_seal WHERE organization_id = $1 AND number = 3', [
    organizationId,
  ]);
  await scene.intruder.query(
    `UPDATE audit_event SET seal_number = NULL, actor_role = 'patient' WHERE organization_id = $1 AND seal_number = 3`,
    [organizationId],
  );
  await scene.api.seal();
  expect(await faults([])).toEqual([]);
  expect(await faults()).toEqual([{ kind: 'anchor-not-in-chain', number: 3 }]);
});

test('a whole trail that was removed is found by the anchors', async () => {
  await scene.intruder.query('DELETE FROM audit_seal WHERE organization_id = $1', [organizationId]);
  await scene.intruder.query('DELETE FROM audit_event WHERE organization_id = $1', [organizationId]);
  expect(await faults()).toEqual([{ kind: 'chain-cut', number: 3, newest: 0 }]);
});

test('a whole chain that was made anew lacks the signature', async () => {
  const stranger = createSigningKey(randomBytes(32).toString('base64url'));
  const { rows: seals } = await scene.intruder.query<Seal>(
    `SELECT ${SEAL} FROM audit_seal WHERE organization_id = $1 ORDER BY number`,
    [organizationId],
  );
  let previousHash = seals[0]?.previousHash;
  for (const seal of seals) {
    const content = {
      ...seal,
      previousHash: previousHash ?? Buffer.alloc(32),
      firstAt: String(Number(seal.firstAt) - 1),
    };
    const hash = hashOfSeal(content);
    previousHash = hash;
    await scene.intruder.query(
      `UPDATE audit_seal SET first_at = first_at - interval '1 ms', previous_hash = $3, hash = $4, signature = $5
        WHERE organization_id = $1 AND number = $2`,
      [organizationId, seal.number, content.previousHash, hash, stranger.sign(hash)],
    );
  }
  expect(await faults([])).toEqual([1, 2, 3].map((number) => ({ kind: 'signature-wrong', number })));
});
