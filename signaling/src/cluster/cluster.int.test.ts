import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SessionId, type VisitState } from '@careconnect/contracts';
import { type Push, PUSH_STREAM, PUSH_STREAM_FIELD } from '@careconnect/contracts/internal';
import { createLogger, systemClock } from '@careconnect/platform';
import { connectRedis, type Redis } from '@careconnect/platform/redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { TestRedis } from '../../../scripts/stack/test-redis.ts';
import { joinCluster } from './cluster.ts';
import { endsOf, produce } from '../testing/both-in-room.ts';
import { aQueueEntry, type TestVisit } from '../testing/clinic.ts';
import { Harness, seatTicket } from '../testing/harness.ts';
import { killProcess, startProcess } from '../testing/real-process.ts';
import { RealSfu } from '../testing/real-sfu.ts';
import { JOIN_TICKET_SECRET, PUBLIC_ORIGIN, SERVICE_SECRET } from '../testing/secrets.ts';

const LEASE_MS = 1_000;
/** How long Redis is away is what is tested: twice a lease, which nobody can renew meanwhile. */
const DROP_MS = 2 * LEASE_MS;

let redis: TestRedis;
let client: Redis;
let sfu: RealSfu;
let north: Harness;
let south: Harness;

describe.skipIf(!TestRedis.isPresent())('two signaling nodes', { timeout: 40_000 }, () => {
  beforeAll(async () => {
    [redis, sfu] = await Promise.all([TestRedis.start(), RealSfu.start()]);
    client = await connectRedis({ url: redis.url, log: createLogger({ name: 'test', level: 'silent' }) });
  });
  afterAll(async () => {
    client.destroy();
    await Promise.all([redis.close(), sfu.close()]);
  });
  beforeEach(async () => {
    const shared = { redisUrl: redis.url, sfuUrls: [sfu.url], leaseMs: LEASE_MS, graceMs: 3_000 };
    north = await Harness.start({ ...shared, node: 'north' });
    south = await Harness.start({ ...shared, node: 'south' }, north.api);
  });
  afterEach(async () => {
    await south.close();
    await north.close();
  });

  /** As api does, which tries again: a Redis that has just started refuses until it has read what it knows. */
  async function push(what: Push): Promise<void> {
    const entry = { [PUSH_STREAM_FIELD]: JSON.stringify(what) };
    await vi.waitFor(() => client.xAdd(PUSH_STREAM, '*', entry), { timeout: 10_000 });
  }

  async function change(visit: TestVisit, state: VisitState): Promise<void> {
    visit.visit = { ...visit.visit, state };
    await push({ type: 'visit.changed', visit: visit.visit });
  }

  const admit = (visit: TestVisit): Promise<void> => change(visit, 'in_progress');

  /** A node that a test may kill. */
  function startEast(port = 0): ReturnType<typeof startProcess> {
    return startProcess('signaling/src/main.ts', {
      SERVICE_SECRET,
      JOIN_TICKET_SECRET,
      PUBLIC_ORIGIN,
      API_URL: south.api.url,
      SFU_URLS: sfu.url,
      REDIS_URL: redis.url,
      SIGNALING_PORT: String(port),
      SIGNALING_NODE: 'east',
    });
  }

  /** A doctor who has come through one node, and their patient through the other. */
  async function bothConnected(at = north.url) {
    const visit = north.api.add({ state: 'in_progress' });
    const doctor = await north.sit(visit.host, { at });
    const welcome = await doctor.event('welcome');
    await doctor.ask('seat:join', {});
    const patient = await south.sit(visit.patient);
    const patientWelcome = await patient.event('welcome');
    await patient.ask('seat:join', {});
    return { visit, doctor, patient, welcomes: { doctor: welcome, patient: patientWelcome } };
  }

  test('people who come through different nodes meet in one room', async () => {
    const { visit, doctor, patient } = await bothConnected();
    expect(await doctor.event('peer:joined')).toMatchObject({ seatId: visit.patient.seatId });
    await produce(patient);
    expect((await doctor.event('consumer:added')).consumers).toHaveLength(1);
    await patient.ask('chat:send', { clientMessageId: randomUUID(), body: 'I hear you' });
    expect(await doctor.event('chat:message')).toMatchObject({ body: 'I hear you' });
  });

  test('one waiting room: whoever waits on either node is seen, told of their place, and let in', async () => {
    const first = north.api.add({ state: 'waiting' });
    const { organizationId, practitionerId } = first;
    const second = north.api.add({ state: 'waiting', organizationId, practitionerId });
    const [one, two] = [await north.sit(first.patient), await south.sit(second.patient)];
    await Promise.all([one.event('welcome'), two.event('welcome')]);
    const desks = await Promise.all(
      [north, south].map((node) => node.watch({ organizationId, role: 'doctor', practitionerId })),
    );
    for (const desk of desks) {
      const { entries } = await desk.ask('queue:watch', { practitionerId });
      expect(entries).toEqual([aQueueEntry(first), aQueueEntry(second)]);
    }

    const entries = [aQueueEntry(second)];
    const place = { isDoctorBusy: true, estimateMinutes: null };
    const positions = [{ visitId: second.id, position: 1, ...place }];
    await push({ type: 'queue.changed', organizationId, practitionerId, entries, positions });
    for (const desk of desks) expect(await desk.event('queue:changed')).toEqual({ practitionerId, entries });
    expect(await two.event('queue:position')).toMatchObject({ position: 1 });

    await admit(first);
    await admit(second);
    await Promise.all([one.event('seat:admitted'), two.event('seat:admitted')]);
    for (const desk of desks) {
      // Whatever was sent to it before comes before this answer.
      await desk.ask('queue:watch', { practitionerId });
      expect(countOf(desk, 'queue:changed')).toBe(1);
    }
  });

  test('a node dies: the other serves its visits, media as it was', async () => {
    const east = await startEast();
    const at = `http://127.0.0.1:${east.port}`;
    const { visit, welcomes } = await bothConnected(at);
    await killProcess(east.process);
    const doctor = await south.sit(visit.host, { keep: welcomes.doctor });
    expect(await doctor.event('welcome')).toMatchObject({
      phase: 'in_room',
      transports: endsOf(welcomes.doctor),
      room: { returning: [visit.patient.seatId] },
    });
    const patient = await south.sit(visit.patient, { keep: welcomes.patient });
    expect(await patient.event('welcome')).toMatchObject({
      phase: 'in_room',
      transports: endsOf(welcomes.patient),
      room: { peers: [{ seatId: visit.host.seatId }], returning: [] },
    });
    // It has said itself that it begins; that it is gone, another says.
    await expect
      .poll(() => south.api.starts.filter((node) => node === 'east'), { timeout: 10_000 })
      .toHaveLength(2);
  });

  test('a node restarts to which a page had been taken: both come back, through either, with their media', async () => {
    const east = await startEast();
    const at = `http://127.0.0.1:${east.port}`;
    const { visit, doctor, patient, welcomes } = await bothConnected(at);
    const ended = [doctor.ended(), patient.ended()];
    await killProcess(east.process);
    // Whoever was taken there loses their connection with it, not when somebody notices.
    await Promise.all(ended);
    const again = await startEast(east.port);
    try {
      const [back, backAtEast] = [
        await south.sit(visit.patient, { keep: welcomes.patient }),
        await south.sit(visit.host, { keep: welcomes.doctor, at }),
      ];
      const places = await Promise.all([back.event('welcome'), backAtEast.event('welcome')]);
      expect(places).toMatchObject([
        { phase: 'in_room', transports: endsOf(welcomes.patient) },
        { phase: 'in_room', transports: endsOf(welcomes.doctor) },
      ]);
      await produce(back);
      expect((await backAtEast.event('consumer:added')).consumers).toHaveLength(1);
    } finally {
      await killProcess(again.process);
    }
  });

  test('a node that was silent for too long lets go of what another has taken', async () => {
    const { visit, doctor, patient, welcomes } = await bothConnected();
    await client.del(await client.keys('careconnect:signaling-lease:*'));
    const back = await south.sit(visit.patient, { takeOver: true, keep: welcomes.patient });
    await back.event('welcome');
    await Promise.all([doctor.ended(), patient.ended()]);
    const doctorBack = await north.sit(visit.host, { keep: welcomes.doctor });
    expect(await doctorBack.event('welcome')).toMatchObject({ phase: 'in_room' });
    expect(await back.event('peer:joined')).toMatchObject({ seatId: visit.host.seatId });
  });

  test.each([
    ['hangs', () => redis.hang(), () => redis.goOn()],
    ['dies', () => redis.kill(), () => redis.startAgain()],
  ] as const)(
    'Redis %s for two seconds: the visit goes on, and every push arrives once',
    async (_how, drop, mend) => {
      const { visit, doctor, patient } = await bothConnected();
      const waiting = north.api.add({ state: 'waiting' });
      const other = await south.sit(waiting.patient);
      await other.event('welcome');
      await drop();
      const messages = Array.from({ length: 5 }, (_, index) => `message ${index}`);
      for (const body of messages) await patient.ask('chat:send', { clientMessageId: randomUUID(), body });
      const pushing = admit(waiting);
      await sleep(DROP_MS);
      await mend();
      await pushing;
      await other.event('seat:admitted');
      const last = 'the last one';
      await patient.ask('chat:send', { clientMessageId: randomUUID(), body: last });
      for (const body of [...messages, last])
        expect(await doctor.event('chat:message')).toMatchObject({ body });
      expect(countOf(doctor, 'chat:message')).toBe(messages.length + 1);
      // Pushes come in order, so one that was told twice would have come by the time of a later one.
      await change(waiting, 'ended');
      await other.ended();
      expect(countOf(other, 'seat:admitted')).toBe(1);
      expect(doctor.socket.connected && patient.socket.connected).toBe(true);
      await visitGoesOn(visit);
    },
  );

  /** Whoever comes anew finds their place, through either node. */
  async function visitGoesOn(visit: TestVisit): Promise<void> {
    const page = await north.sit(visit.patient, { takeOver: true });
    expect(await page.event('welcome')).toMatchObject({ phase: 'in_room' });
  }

  test('a node is told what was pushed after people could come and before it begins to listen for that', async () => {
    const log = createLogger({ name: 'test', level: 'silent' });
    const shared = { redisUrl: redis.url, node: 'east', clock: systemClock, log, patienceMs: 3_000 };
    const cluster = await joinCluster(shared);
    const ended: Push = { type: 'session.ended', sessionId: SessionId.parse(randomUUID()) };
    await push(ended);
    const accept = vi.fn<(push: Push) => void>();
    const unused = { reclaim: () => undefined, reportMissing: () => Promise.resolve() };
    await cluster.begin('http://127.0.0.1:9', { accept, ...unused });
    await expect.poll(() => accept.mock.calls).toEqual([[ended]]);
    await cluster.leave();
    await cluster.close();
  });

  test('a ticket that one node has let in is refused by the other', async () => {
    const visit = north.api.add({ state: 'waiting' });
    const ticket = await seatTicket(visit.patient);
    const page = await north.sit(visit.patient, { ticket });
    await page.event('welcome');
    page.close();
    expect(await (await south.sit(visit.patient, { ticket })).refused()).toMatchObject({
      code: 'TICKET_USED',
    });
  });

  test('a page that names another visit than its own is refused, and the visit is not split', async () => {
    const { visit } = await bothConnected();
    const lie = await south.sit(visit.patient, { takeOver: true, says: randomUUID() });
    expect(await lie.refused()).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});

function countOf(page: { readonly names: readonly string[] }, name: string): number {
  return page.names.filter((each) => each === name).length;
}
