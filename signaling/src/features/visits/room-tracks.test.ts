import { randomUUID } from 'node:crypto';
import { SeatId, SessionId, VisitId, type Receiver } from '@careconnect/contracts';
import type { SeatConsumer, TrackReceiver } from '@careconnect/contracts/internal';
import { beforeEach, expect, test, vi } from 'vitest';
import type { RoomMedia } from './room-media.ts';
import { RoomTracks } from './room-tracks.ts';
import { Seat } from './seat.ts';

const doctorId = SeatId.parse(randomUUID());
const emit = vi.fn(() => true);
let patient: Seat;
/** What the SFU answers to the patient. */
let shown: readonly string[];
let tracks: RoomTracks;

beforeEach(() => {
  emit.mockClear();
  patient = new Seat({ seatId: SeatId.parse(randomUUID()), name: 'Amina Yusuf', seatRole: 'patient' });
  patient.connect({ id: 'page', connected: true, emit, disconnect: vi.fn() }, SessionId.parse(randomUUID()));
  patient.resetMedia('open');
  const media: Partial<RoomMedia> = {
    setInvited: async () => shown.map(consumerOf),
    enter: async () => ({ consumers: shown.map(consumerOf), inside: [] }),
    settle: vi.fn(),
  };
  tracks = new RoomTracks({
    roomId: VisitId.parse(randomUUID()),
    media: media as RoomMedia,
    seats: [patient],
    isHeld: () => false,
    mendLater: vi.fn(),
  });
});

test('what has ended unreported is gone after entering', async () => {
  patient.mayJoin = true;
  shown = ['camera', 'microphone'];
  await tracks.invite(patient, patient);
  shown = ['camera'];
  await tracks.enter(patient, []);
  expect(patient.consumers.map(({ id }) => id)).toEqual(['camera']);
  expect(emit.mock.calls).toEqual([['consumer:closed', { consumerId: 'microphone' }]]);
});

test('who may not join any more is not told of a track that was being made', () => {
  patient.mayJoin = false;
  tracks.deliver([consumerOf('camera')], null);
  expect(patient.consumers).toEqual([]);
  expect(emit).not.toHaveBeenCalled();

  patient.phase = 'in_room';
  tracks.deliver([consumerOf('camera')], null);
  expect(
    patient.consumers.map(({ id }) => id),
    'in the room, also while it is held',
  ).toEqual(['camera']);
});

test('what has ceased to come through unreported is told after entering, and what was told stays known', async () => {
  patient.phase = 'in_room';
  shown = ['camera'];
  await tracks.enter(patient, []);
  tracks.deliver([consumerOf('camera')], patient);
  patient.consumerHeldUp('camera', 'sender');
  expect(patient.consumers).toMatchObject([{ bottleneck: 'sender' }]);
  await tracks.enter(patient, []);
  expect(emit.mock.calls).toEqual([
    ['consumer:bottleneck', { consumerId: 'camera', bottleneck: 'sender' }],
    ['consumer:bottleneck', { consumerId: 'camera', bottleneck: null }],
  ]);
});

test('who comes in while the visit moves is told of, beside those who are received over the old path', async () => {
  const guestId = SeatId.parse(randomUUID());
  const to = (seatId: SeatId, sources: TrackReceiver['sources']) => ({ seatId, sources });
  const flows = (...receivers: Receiver[]) =>
    tracks.received(receivers.map((receiver) => ({ producerSeatId: patient.id, ...receiver })));
  patient.phase = 'in_room';
  patient.resetMedia('none');
  flows(to(doctorId, ['camera', 'microphone']));
  await tracks.move();
  flows();
  flows(to(guestId, ['microphone']));
  flows(to(guestId, ['microphone']), to(doctorId, ['microphone']));
  tracks.moved();
  expect(told()).toEqual([
    [to(doctorId, ['camera', 'microphone'])],
    [to(doctorId, ['camera', 'microphone']), to(guestId, ['microphone'])],
    [to(guestId, ['microphone']), to(doctorId, ['microphone'])],
  ]);
});

/** Of whom the patient was told that they receive them, time after time. */
function told(): unknown[] {
  const calls = emit.mock.calls as unknown as [string, { receivers: unknown }][];
  return calls.filter(([name]) => name === 'seat:receivers').map(([, { receivers }]) => receivers);
}

function consumerOf(id: string): SeatConsumer {
  return {
    seatId: patient.id,
    producerSeatId: doctorId,
    consumer: {
      id,
      producerId: `of ${id}`,
      kind: 'video',
      source: 'camera',
      isProducerPaused: false,
      bottleneck: null,
      rtpParameters: { codecs: [], headerExtensions: [], encodings: [] },
    },
  };
}
