import { TimeZone, Visit } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { lobbyWords } from './lobby-words.ts';

const running = Visit.parse({
  id: '01970000-0000-7000-8000-000000000001',
  state: 'in_progress',
  origin: 'walk_in',
  appointmentId: null,
  reason: 'Cough',
  patient: { id: '01970000-0000-7000-8000-000000000002', name: 'Amina Bibi', birthDate: '1952-03-24' },
  practitioner: {
    id: '01970000-0000-7000-8000-000000000003',
    name: 'Dr Ayesha Siddiqui',
    specialty: 'Family medicine',
  },
  scheduledAt: null,
  waitingSince: '2026-11-20T10:00:00.000Z',
  startedAt: '2026-11-20T10:01:00.000Z',
  endedAt: null,
  createdAt: '2026-11-20T10:00:00.000Z',
});

const inputs = {
  visit: running,
  isHost: false,
  mayJoin: true,
  isComingBack: false,
  now: new Date('2026-11-20T10:05:00.000Z'),
  clockLagMs: 0,
  zone: TimeZone.parse('Asia/Karachi'),
};

it('asks someone who has left to join again, and says that the visit is still open', () => {
  for (const isHost of [true, false]) {
    expect(lobbyWords({ ...inputs, isHost }).action).toBe('Join now');
    const words = lobbyWords({ ...inputs, isHost, isComingBack: true });
    expect(words.action).toBe('Join again');
    expect(words.intro).toContain('The visit is still open.');
  }
});

it('lets someone wait who has left before the visit was opened again', () => {
  expect(lobbyWords({ ...inputs, mayJoin: false, isComingBack: true }).action).toBe('I’m ready');
});
