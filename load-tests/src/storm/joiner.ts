import type { DtlsParameters, TransportParameters } from '@careconnect/contracts';
import { VP8_PAYLOAD_TYPE } from '../rtc/capabilities.ts';
import { firstPicture } from '../rtc/first-picture.ts';
import { watch } from '../rtc/native-peer.ts';
import { candidatesOf, dtlsParametersOf, transportDescription } from '../rtc/sdp.ts';

/** What a joiner is offered: where to receive, and the publisher's picture. */
export interface Offered {
  readonly recv: TransportParameters;
  readonly consumerId: string;
  readonly ssrc: number;
}

/** How one server is spoken to by one person who joins. */
export interface JoinProtocol {
  open(): Promise<Offered>;
  connect(dtlsParameters: DtlsParameters): Promise<void>;
  play(consumerId: string): Promise<void>;
  leave(): Promise<void>;
}

/** Where the time went, ms one after the other. */
export interface Steps {
  /** Until there was something to receive. */
  readonly offered: number;
  /** Until media could flow. */
  readonly connected: number;
  /** Until the first whole picture. */
  readonly shown: number;
}

/** Somebody with everything prepared, as in our lobby. */
export interface AtTheDoor {
  readonly steps: Omit<Steps, 'shown'>;
  join(): Promise<Joined>;
}

export interface Joined {
  /** From the press of "Join" to the publisher's first whole picture, ms. */
  readonly shown: number;
  leave(): Promise<void>;
}

/** Begins with nothing, as somebody who opens a link. The steps are the same for every server. */
export async function comeToTheDoor(protocol: JoinProtocol): Promise<AtTheDoor> {
  const startedAt = performance.now();
  const { recv, consumerId, ssrc } = await protocol.open();
  const offeredAt = performance.now();
  const watcher = watch('127.0.0.1');
  const picture = firstPicture(watcher);
  const video = { mid: 'video', direction: 'sendonly', payloadType: VP8_PAYLOAD_TYPE, ssrc } as const;
  const answer = await watcher.accept(transportDescription(recv, 'actpass', { video }));
  await protocol.connect(dtlsParametersOf(answer));
  await watcher.reach(candidatesOf(recv));
  const connectedAt = performance.now();
  return {
    steps: { offered: offeredAt - startedAt, connected: connectedAt - offeredAt },
    async join() {
      const pressedAt = performance.now();
      await protocol.play(consumerId);
      return {
        shown: (await picture) - pressedAt,
        async leave() {
          watcher.close();
          await protocol.leave();
        },
      };
    },
  };
}
