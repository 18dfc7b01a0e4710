import { randomUUID } from 'node:crypto';
import { cpuSecondsOf } from '../core/process-cpu.ts';
import { CLIENT_CAPABILITIES } from '../rtc/capabilities.ts';
import { joinPublisher } from '../sfu/mediasoup-load.ts';
import type { SeatRef, SfuControl } from '../sfu/sfu-control.ts';
import type { JoinProtocol, Offered } from './joiner.ts';
import { showPictures } from './picture.ts';
import type { StormSide } from './storm-side.ts';

/** Rooms of bare mediasoup; see `baselines/bare-mediasoup`. */
export async function openBareStorm(
  { pid, control }: { readonly pid: number; readonly control: SfuControl },
  rooms: number,
  joinersPerRoom: number,
): Promise<StormSide> {
  const roomIds = Array.from({ length: rooms }, () => randomUUID());
  const stops: (() => void)[] = [];
  for (const [index, roomId] of roomIds.entries()) {
    const publishing = await joinPublisher(control, roomId, 1000 + index);
    const stop = showPictures(publishing);
    stops.push(() => {
      stop();
      publishing.publisher.close();
    });
  }
  return {
    name: 'mediasoup',
    joiners: () =>
      roomIds.flatMap((roomId) => Array.from({ length: joinersPerRoom }, () => protocolOf(control, roomId))),
    cpuSeconds() {
      const { own, descendants } = cpuSecondsOf(pid);
      return { server: own + descendants };
    },
    close() {
      for (const stop of stops) stop();
    },
  };
}

function protocolOf(control: SfuControl, roomId: string): JoinProtocol {
  const seat: SeatRef = { roomId, seatId: randomUUID() };
  return {
    async open(): Promise<Offered> {
      const { recv } = await control.open(seat, CLIENT_CAPABILITIES);
      const [track] = await control.enter(seat);
      const ssrc = track?.rtpParameters.encodings?.[0]?.ssrc;
      if (!track || ssrc === undefined) throw new Error('The room shows nobody.');
      return { recv, consumerId: track.consumerId, ssrc };
    },
    connect: (dtlsParameters) => control.connect(seat, 'recv', dtlsParameters),
    play: (consumerId) => control.resume(seat, [consumerId]),
    leave: () => control.close(seat),
  };
}
