import { ROUTER_RTP_CAPABILITIES, type RtpCapabilities, type RtpParameters } from '@careconnect/contracts';
import { expect, test } from 'vitest';
import { h264Parameters, vp8Parameters, vp9Parameters } from '../../testing/rtp-parameters.ts';
import { aPair, aSeat, idsOf, useTestVisits, type TestSeat } from '../../testing/test-visits.ts';

const visits = useTestVisits();
const VP9 = 'video/VP9';
const VP8 = 'video/VP8';
const H264 = 'video/H264';
const ALL = [VP9, VP8, H264];
/** VP9 is told of after 5 s. */
const LATER = { timeout: 8_000 };

test('a visit of two who do VP9 well is one in VP9, until somebody comes who does not, and again when they go', async () => {
  const [doctor, patient] = await aVisitInVp9();
  const late = aSeat(doctor.roomId);
  const { videoCodecs } = await visits.open(late, capable(VP8, H264));
  expect(videoCodecs, 'the others can be shown all').toEqual(ALL);
  expect([told(doctor), told(patient)], 'before they come in').toEqual([
    [VP8, H264],
    [VP8, H264],
  ]);

  const { consumers } = await visits.signaling.ask('seat:enter', { ...late, isHeld: false });
  expect(consumers.filter(({ seatId }) => seatId === late.seatId)).toEqual([]);
  const replaced = await produce(doctor, vp8Parameters());
  expect(viewers(replaced.consumers)).toEqual([late.seatId, patient.seatId].sort());

  await visits.signaling.ask('seat:close', late);
  await expect.poll(() => told(doctor), LATER).toEqual(ALL);
  expect(told(patient)).toEqual(ALL);
});

test('whoever sees the picture in VP9 sees it until its sender ends it', async () => {
  const [doctor, patient, { producerId }] = await aVisitInVp9();
  const successor = await produce(doctor, vp8Parameters());
  expect(visits.signaling.seen('consumer:closed')).toEqual([]);
  await visits.signaling.ask('producer:close', { ...doctor, producerId });
  expect(await visits.signaling.event('consumer:closed')).toMatchObject({ seatId: patient.seatId });
  expect(viewers(successor.consumers)).toEqual([patient.seatId]);
});

test('for one who has nothing but H.264 everyone sends H.264', async () => {
  const [doctor] = await aVisitInVp9();
  const late = aSeat(doctor.roomId);
  await visits.open(late, capable(H264));
  expect(told(doctor)).toEqual([H264, VP8]);
  await visits.signaling.ask('seat:enter', { ...late, isHeld: false });
  const { consumers } = await produce(doctor, h264Parameters());
  expect(viewers(consumers)).toHaveLength(2);
});

test('a group is one in VP8', async () => {
  const [doctor, patient] = await aVisitInVp9();
  await Promise.all([visits.open(aSeat(doctor.roomId)), visits.open(aSeat(doctor.roomId))]);
  expect([told(doctor), told(patient)]).toEqual([
    [VP8, H264],
    [VP8, H264],
  ]);
});

test('who comes back is told again, and who has kept their ends is told with them', async () => {
  const [doctor, , , ends] = await aVisitInVp9();
  expect((await visits.ask(doctor, idsOf(ends))).transports.videoCodecs).toEqual(ALL);
  const before = visits.signaling.seen('seat:video-codecs').length;
  await visits.signaling.ask('seat:enter', { ...doctor, isHeld: false });
  expect(visits.signaling.seen('seat:video-codecs')).toHaveLength(before + 1);
  expect(told(doctor)).toEqual(ALL);
});

test('a sender learns which layers of its one stream are watched', async () => {
  const [, patient, { consumers }] = await aVisitInVp9();
  const consumerId = consumers[0]?.consumer.id ?? '';
  expect(consumers[0]?.consumer.rtpParameters.encodings?.[0]?.scalabilityMode).toBe('L3T3_KEY');
  await visits.signaling.ask('consumer:set-paused', { ...patient, consumerIds: [consumerId], paused: false });
  for (const spatialLayer of [1, 0, 2]) {
    await visits.signaling.ask('consumer:set-layers', { ...patient, consumerId, layers: { spatialLayer } });
    await expect
      .poll(() => visits.signaling.seen('producer:demand').at(-1)?.maxSpatialLayer, LATER)
      .toBe(spatialLayer);
  }
});

/** Both have entered, and the doctor shows a picture. */
async function aVisitInVp9() {
  const [doctor, patient] = aPair();
  const ends = await visits.open(doctor);
  expect(ends.videoCodecs, 'whoever comes may decode less').toEqual([VP8, H264]);
  expect((await visits.open(patient)).videoCodecs).toEqual(ALL);
  await expect.poll(() => told(doctor), LATER).toEqual(ALL);
  for (const seat of [doctor, patient]) await visits.signaling.ask('seat:enter', { ...seat, isHeld: false });
  return [doctor, patient, await produce(doctor, vp9Parameters()), ends] as const;
}

function produce(seat: TestSeat, rtpParameters: RtpParameters) {
  // One transport takes each of its streams once.
  const mid = String((nextMid += 1));
  const asked = { ...seat, kind: 'video', source: 'camera', paused: false } as const;
  return visits.signaling.ask('producer:create', { ...asked, rtpParameters: { ...rtpParameters, mid } });
}
let nextMid = 0;

function told({ seatId }: TestSeat): readonly string[] | undefined {
  return visits.signaling
    .seen('seat:video-codecs')
    .filter((event) => event.seatId === seatId)
    .at(-1)?.videoCodecs;
}

function viewers(consumers: readonly { readonly seatId: string }[]): string[] {
  return consumers.map(({ seatId }) => seatId).sort();
}

function capable(...known: string[]): RtpCapabilities {
  const { codecs, headerExtensions } = ROUTER_RTP_CAPABILITIES;
  return {
    codecs: codecs.filter(({ kind, mimeType }) => kind === 'audio' || known.includes(mimeType)),
    headerExtensions,
  };
}
