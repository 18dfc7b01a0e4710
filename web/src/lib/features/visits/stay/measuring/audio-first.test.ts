import { describe, expect, it } from 'vitest';
import { AudioFirst } from './audio-first.svelte.ts';
import { receiveReport, sendReport } from './testing/stats-reports.ts';

const BOTH = { sent: true, received: true };
const NARROW = { pair: { availableOutgoingBitrate: 40_000 } };
const FROZEN = { 'in-video': { framesDecoded: 30 } };

describe('sending', () => {
  it('rests when two readings in a row have too little, and not for an odd one', () => {
    const { read, changes, audioFirst } = aConnection();
    read({ send: NARROW }, {}, { send: NARROW });
    expect(changes).toEqual([]);
    read({ send: NARROW });
    expect(changes).toEqual(['sending']);
    expect(audioFirst.sending).toMatchObject({ isClosed: true, isShort: true });
    expect(audioFirst.receiving.isClosed).toBe(false);
  });

  it('is tried again after a rest, and rests longer each time that it fails', () => {
    const { audioFirst, read } = aConnection();
    const openAt: number[] = [];
    for (let reading = 1; reading <= 22; reading += 1) {
      read({ send: NARROW });
      if (!audioFirst.sending.isClosed) openAt.push(reading);
      expect(audioFirst.sending.isShort).toBe(reading >= 2);
    }
    // Two readings of trial, then rests of 2, 4 and 8.
    expect(openAt).toEqual([1, 4, 5, 10, 11, 20, 21]);
  });

  it('goes on when the trial finds room, and says nothing more', () => {
    const { audioFirst, read } = aConnection();
    read({ send: NARROW }, { send: NARROW }, {}, {}, {});
    expect(audioFirst.sending).toMatchObject({ isClosed: false, isShort: false });
  });
});

describe('receiving', () => {
  it('rests when sound comes and pictures do not', () => {
    const { audioFirst, changes, read } = aConnection();
    read({ receive: FROZEN }, { receive: FROZEN }, { receive: FROZEN });
    expect(changes).toEqual(['receiving']);
    expect(audioFirst.sending.isClosed).toBe(false);
  });

  it('leaves an outage to those who mend it, and pictures that nobody shows to their owners', () => {
    const silent = { ...FROZEN, 'in-audio': { packetsReceived: 50 } };
    const outage = aConnection();
    outage.read({ receive: silent }, { receive: silent }, { receive: silent });
    expect(outage.changes).toEqual([]);
    const cameraOff = aConnection({ sent: true, received: false });
    cameraOff.read({ receive: FROZEN }, { receive: FROZEN }, { receive: FROZEN });
    expect(cameraOff.changes).toEqual([]);
  });
});

it('begins anew with another media path', () => {
  const { audioFirst, read } = aConnection();
  read({ send: NARROW }, { send: NARROW });
  audioFirst.take(null, BOTH);
  expect(audioFirst.sending).toMatchObject({ isClosed: false, isShort: false });
});

type Changes = Readonly<Record<string, object>>;

function aConnection(wanted = BOTH) {
  const changes: string[] = [];
  const audioFirst = new AudioFirst({
    onSending: () => changes.push('sending'),
    onReceiving: () => changes.push('receiving'),
  });
  let seconds = 1;
  const take = ({ send = {}, receive = {} }: { send?: Changes; receive?: Changes }) => {
    audioFirst.take([sendReport(seconds, send), receiveReport(seconds, receive)], wanted);
    seconds += 2.5;
  };
  take({});
  return { audioFirst, changes, read: (...readings: Parameters<typeof take>[0][]) => readings.forEach(take) };
}
