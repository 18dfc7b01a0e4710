import type { PeerConsumer, SeatId } from '@careconnect/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Incoming } from '../receiving/receiver.ts';
import type { RemotePeer, RemoteTrack } from '../receiving/remote-peer.svelte.ts';
import { PathChange, type PathChangeOptions } from './path-change.ts';

const DOCTOR = 'doctor' as SeatId;
/** Longer than until the next look. */
const A_LOOK_MS = 60;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Someone whose camera and microphone are shown over the old path, and the new one beside it. */
function aChange({ isPaused = false, isConnected = true } = {}) {
  const peer = {
    seatId: DOCTOR,
    isConnected,
    camera: { consumerId: 'old camera', isPaused } as RemoteTrack,
    microphone: { consumerId: 'old microphone', isPaused: false } as RemoteTrack,
    get tracks() {
      return [this.camera, this.microphone];
    },
  };
  const begun = new Set<string>();
  const muted = new Set<string>();
  const leaving = { silence: vi.fn(() => Promise.resolve()), close: vi.fn() };
  const onArrived = vi.fn();
  const room: PathChangeOptions['room'] = {
    peers: [peer as unknown as RemotePeer],
    find: (seatId) => (seatId === DOCTOR ? (peer as unknown as RemotePeer) : undefined),
    isPaused: ({ id }) => muted.has(id),
    show: ({ consumer: { id, source } }) => {
      if (source !== 'screen') peer[source] = { consumerId: id, isPaused: muted.has(id) } as RemoteTrack;
    },
  };
  const coming = {
    holds: (id: string) => id.startsWith('new'),
    hasBegun: (id: string) => Promise.resolve(begun.has(id)),
  };
  const change = new PathChange({ leaving, coming, room, onArrived });
  const shown = () => peer.tracks.map(({ consumerId }) => consumerId);
  return { change, begun, muted, leaving, onArrived, shown };
}

function incoming(source: 'camera' | 'microphone'): Incoming {
  return { consumer: { id: `new ${source}`, seatId: DOCTOR, source } as PeerConsumer } as Incoming;
}

describe('a path in the place of one that flows', () => {
  it('shows each track once something of it comes, and has arrived with the last', async () => {
    const { change, begun, onArrived, shown } = aChange();
    change.show(incoming('camera'));
    change.show(incoming('microphone'));
    change.watch();
    await vi.advanceTimersByTimeAsync(A_LOOK_MS);
    expect(shown()).toEqual(['old camera', 'old microphone']);
    begun.add('new microphone');
    await vi.advanceTimersByTimeAsync(A_LOOK_MS);
    expect(shown()).toEqual(['old camera', 'new microphone']);
    expect(onArrived).not.toHaveBeenCalled();
    begun.add('new camera');
    await vi.advanceTimersByTimeAsync(A_LOOK_MS);
    expect(shown()).toEqual(['new camera', 'new microphone']);
    expect(onArrived).toHaveBeenCalledOnce();
  });

  it('waits for nothing that is muted, over the old path or by now', async () => {
    const { change, muted, begun, onArrived, shown } = aChange({ isPaused: true });
    change.show(incoming('camera'));
    expect(shown()).toEqual(['new camera', 'old microphone']);
    change.show(incoming('microphone'));
    change.watch();
    muted.add('new microphone');
    await vi.advanceTimersByTimeAsync(A_LOOK_MS);
    expect(shown()).toEqual(['new camera', 'new microphone']);
    expect(begun.size).toBe(0);
    expect(onArrived).toHaveBeenCalledOnce();
  });

  it('does not wait for what someone is to send who is not connected', async () => {
    const { change, onArrived } = aChange({ isConnected: false });
    change.watch();
    await vi.advanceTimersByTimeAsync(A_LOOK_MS);
    expect(onArrived).toHaveBeenCalledOnce();
  });

  it('has one that never came make room for its successor, and shows that in its turn', async () => {
    const { change, begun, shown } = aChange();
    const first = incoming('camera');
    change.show({ ...first, consumer: { ...first.consumer, id: 'new first' } });
    change.show(first);
    change.watch();
    change.gone('new first');
    expect(shown()).toEqual(['old camera', 'old microphone']);
    begun.add('new camera');
    await vi.advanceTimersByTimeAsync(A_LOOK_MS);
    expect(shown()).toEqual(['new camera', 'old microphone']);
  });

  it('shows what its sender has ended before it came, so that it is hidden with what was shown', () => {
    const { change, shown } = aChange();
    change.show(incoming('camera'));
    change.gone('new camera');
    expect(shown()).toEqual(['new camera', 'old microphone']);
  });

  it('shows at its end whatever there is, and lets go of the old path', async () => {
    const { change, leaving, onArrived, shown } = aChange();
    change.show(incoming('camera'));
    change.watch();
    change.finish();
    expect(shown()).toEqual(['new camera', 'old microphone']);
    expect(leaving.close).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(A_LOOK_MS);
    expect(onArrived).toHaveBeenCalledOnce();
  });

  it('sends nothing over the old path of what is muted meanwhile', () => {
    const { change, leaving } = aChange();
    change.silence('microphone');
    expect(leaving.silence).toHaveBeenCalledWith('microphone');
  });
});
