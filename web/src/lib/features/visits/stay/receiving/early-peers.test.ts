import type { PeerConsumer, SeatId } from '@careconnect/contracts';
import { expect, it } from 'vitest';
import { EarlyPeers } from './early-peers.ts';
import type { Playback } from './playback.svelte.ts';
import type { Incoming } from './receiver.ts';

const DOCTOR = 'doctor' as SeatId;
const INTERPRETER = 'interpreter' as SeatId;

it('has all tracks of a person in one element before the page is told of them', () => {
  const { early, playing } = someEarlyPeers();
  const [camera, microphone] = [aTrack(DOCTOR, 'camera'), aTrack(DOCTOR, 'microphone')];
  early.add(camera);
  early.add(microphone);
  early.add(aTrack(INTERPRETER, 'microphone'));
  expect(playing).toHaveLength(2);
  expect(playing[0]).toEqual([camera.track, microphone.track]);
  expect(early.take(DOCTOR).tracks).toEqual([camera, microphone]);
  expect(early.consumerIds).toEqual(['interpreter-microphone']);
});

it('plays nothing of a screen with the face of its person', () => {
  const { early, playing } = someEarlyPeers();
  early.add(aTrack(DOCTOR, 'screen'));
  expect(playing).toEqual([[]]);
  expect(early.consumerIds).toEqual(['doctor-screen']);
});

it('drops what has ended, and whoever has nothing left', () => {
  const { early, playing } = someEarlyPeers();
  early.add(aTrack(DOCTOR, 'camera'));
  early.drop('interpreter-camera');
  early.drop('doctor-camera');
  expect(playing).toEqual([[]]);
  expect(early.consumerIds).toEqual([]);
  early.add(aTrack(DOCTOR, 'microphone'));
  early.forget(DOCTOR);
  expect(early.consumerIds).toEqual([]);
});

it('has something to begin with for whoever has sent nothing yet', () => {
  const { early, playing } = someEarlyPeers();
  expect(early.take(DOCTOR).tracks).toEqual([]);
  expect(playing).toHaveLength(1);
});

function aTrack(seatId: SeatId, source: PeerConsumer['source']): Incoming {
  const consumer = { id: `${seatId}-${source}`, seatId, source } as PeerConsumer;
  return { consumer, track: { id: consumer.id } as MediaStreamTrack };
}

/** With what each element plays, in the order in which they were made. */
function someEarlyPeers() {
  const playing: (readonly MediaStreamTrack[])[] = [];
  const early = new EarlyPeers(() => {
    const index = playing.push([]) - 1;
    const setTracks = (tracks: readonly MediaStreamTrack[]) => (playing[index] = tracks);
    return { setTracks } as unknown as Playback;
  });
  return { early, playing };
}
