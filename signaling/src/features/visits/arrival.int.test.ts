import { VISIT_MAX_SEATS } from '@careconnect/contracts';
import { DESK_TICKET_AUDIENCE } from '@careconnect/contracts/internal';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Harness, seatTicket } from '../../testing/harness.ts';

let clinic: Harness;

beforeEach(async () => {
  clinic = await Harness.start();
});
afterEach(() => clinic.close());

test('a ticket is good for one connection', async () => {
  const { patient } = clinic.api.add();
  const ticket = await seatTicket(patient);
  const first = await clinic.sit(patient, { ticket });
  await first.event('welcome');
  first.close();
  const replay = await clinic.sit(patient, { ticket });
  expect(await replay.refused()).toMatchObject({ code: 'TICKET_USED' });
});

test.each([
  ['of another signer', { secret: 'somebody else’s secret, long enough' }],
  ['for another purpose', { audience: DESK_TICKET_AUDIENCE }],
  ['that has ended', { expiresAt: Math.floor(Date.now() / 1000) - 60 }],
  ['with a strange seat', { claims: { seatId: 'seat 1' } }],
])('a ticket %s is refused', async (_what, changes) => {
  const { patient } = clinic.api.add();
  const page = await clinic.sit(patient, { ticket: await seatTicket(patient, changes) });
  const refusal = await page.refused();
  expect(refusal).toMatchObject({ code: 'TICKET_INVALID' });
  expect(refusal.requestId).not.toBe('');
});

test('a seat of one visit opens no other', async () => {
  const [mine, other] = [clinic.api.add(), clinic.api.add()];
  const ticket = await seatTicket(mine.patient, { claims: { visitId: other.id } });
  const page = await clinic.sit(mine.patient, { ticket });
  expect(await page.refused()).toMatchObject({ code: 'VISIT_NOT_FOUND' });
});

test('a handshake that is not understood is refused with what is wrong', async () => {
  const { patient } = clinic.api.add();
  const page = await clinic.sit(patient, { ticket: '' });
  expect(await page.refused()).toMatchObject({ code: 'VALIDATION_FAILED', issues: [{ path: 'ticket' }] });
});

test('a second tab is told, and may continue there', async () => {
  const { patient } = clinic.api.add();
  const first = await clinic.sit(patient);
  await first.event('welcome');
  const second = await clinic.sit(patient);
  expect(await second.refused()).toMatchObject({ code: 'SEAT_TAKEN' });
  expect(await first.ask('seat:check-in', {}), 'the first is unharmed').toMatchObject({ phase: 'waiting' });

  const third = await clinic.sit(patient, { takeOver: true });
  expect(await third.event('welcome'), 'where the first was').toMatchObject({ phase: 'waiting' });
  await first.event('seat:replaced');
  expect(await first.ended()).toBe('io server disconnect');
  expect(clinic.api.facts.filter(({ type }) => type === 'seat.disconnected')).toEqual([]);
});

test('a page comes back to its seat without a question, until another has taken it', async () => {
  const { patient } = clinic.api.add();
  const laptop = await clinic.sit(patient);
  const previous = await laptop.event('welcome');
  const back = await clinic.sit(patient, { previous });
  const mended = await back.event('welcome');
  await laptop.event('seat:replaced');

  const phone = await clinic.sit(patient, { takeOver: true });
  await phone.event('welcome');
  const awake = await clinic.sit(patient, { previous: mended });
  expect(await awake.refused(), 'a laptop that has slept meanwhile').toMatchObject({ code: 'SEAT_TAKEN' });
  expect(await phone.ask('seat:check-in', {}), 'the phone is unharmed').toMatchObject({ phase: 'waiting' });
  phone.close();
  await phone.ended();
  const alone = await clinic.sit(patient, { previous: mended });
  expect(await alone.event('welcome')).toMatchObject({ phase: 'waiting' });
});

test('a page that is reloaded is not a second tab', async () => {
  const { patient } = clinic.api.add();
  const before = await clinic.sit(patient);
  await before.event('welcome');
  const after = await clinic.sit(patient);
  await after.reached();
  // By the time this is answered the new page has arrived, and the old one is still there.
  await before.refusal('seat:join', {});
  before.close();
  expect(await after.event('welcome')).toMatchObject({ phase: 'lobby' });
});

test('two tabs at the same moment: one gets the seat', async () => {
  const { patient } = clinic.api.add();
  const pages = await Promise.all([clinic.sit(patient), clinic.sit(patient)]);
  const outcomes = await Promise.all(
    pages.map((page) =>
      Promise.race([page.event('welcome').then(() => 'welcome'), page.refused().then(({ code }) => code)]),
    ),
  );
  expect(outcomes.sort()).toEqual(['SEAT_TAKEN', 'welcome']);
});

test('a visit that is over or full is said to be so', async () => {
  const over = clinic.api.add({ state: 'ended' });
  const late = await clinic.sit(over.patient);
  expect(await late.refused()).toMatchObject({ code: 'VISIT_OVER' });

  const { host, patient, guests } = clinic.api.add({ state: 'in_progress', guests: VISIT_MAX_SEATS - 1 });
  const seated = await Promise.all([host, ...guests].map((seat) => clinic.sit(seat)));
  await Promise.all(seated.map((page) => page.event('welcome')));
  const tooMany = await clinic.sit(patient);
  expect(await tooMany.refused()).toMatchObject({ code: 'VISIT_FULL' });
});

test('while api is away nobody is let in, and the reason is said', async () => {
  const { patient } = clinic.api.add();
  clinic.api.outage = 'down';
  const page = await clinic.sit(patient);
  expect(await page.refused()).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  clinic.api.outage = 'none';
  const again = await clinic.sit(patient);
  expect(await again.event('welcome')).toMatchObject({ phase: 'lobby' });
});

test('without the SFU the visit opens for words', async () => {
  const { patient } = clinic.api.add({ state: 'in_progress' });
  const page = await clinic.sit(patient);
  expect(await page.event('welcome')).toMatchObject({ transports: null, mayJoin: true });
  expect(await page.ask('seat:join', {})).toEqual({
    peers: [],
    returning: [],
    consumers: [],
    messages: [],
    hasOlderMessages: false,
  });
});

test('a check-in that api refuses changes nothing', async () => {
  const { host } = clinic.api.add();
  const page = await clinic.sit(host);
  await page.event('welcome');
  expect(await page.refusal('seat:check-in', {})).toBe('VISIT_TRANSITION_REFUSED');
  expect(await page.ask('seat:join', {}), 'a host may prepare in the room').toMatchObject({ peers: [] });
});

test('a host prepares in the lobby, also while their patient waits', async () => {
  const { host } = clinic.api.add({ state: 'waiting' });
  const page = await clinic.sit(host);
  expect(await page.event('welcome')).toMatchObject({ phase: 'lobby', mayJoin: true, position: null });
});

test('a patient who has checked in waits, whichever page they come back with', async () => {
  const visit = clinic.api.add({ state: 'waiting' });
  const page = await clinic.sit(visit.patient);
  expect(await page.event('welcome')).toMatchObject({ phase: 'waiting', position: { position: 1 } });
  await clinic.change(visit, 'in_progress');
  await page.event('seat:admitted');
});

test('a seat is told of the relays that the clinic has, with a name of its own', async () => {
  const plain = await clinic.sit(clinic.api.add().patient);
  expect(await plain.event('welcome')).toMatchObject({ iceServers: [] });

  const urls = ['turn:turn.example.org:3478?transport=tcp'];
  const withRelays = await Harness.start({
    turn: { urls, secret: 'known to the relay and to us, and nobody else' },
  });
  try {
    const visit = withRelays.api.add();
    for (const seat of [visit.patient, visit.host]) {
      const page = await withRelays.sit(seat);
      const { iceServers } = await page.event('welcome');
      expect(iceServers).toMatchObject([{ urls }]);
      expect(iceServers[0]?.username.split(':')[1]).toBe(seat.seatId);
    }
  } finally {
    await withRelays.close();
  }
});
