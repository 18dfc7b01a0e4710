import { VP8_PAYLOAD_TYPE } from '../rtc/capabilities.ts';
import { firstPicture } from '../rtc/first-picture.ts';
import { watch } from '../rtc/native-peer.ts';
import { candidatesOf, dtlsParametersOf, transportDescription } from '../rtc/sdp.ts';
import { sitDown } from '../rtc/seat-client.ts';

/** Somebody in the lobby, with the receiving transport connected and the publisher's picture negotiated. */
export interface LightJoiner {
  /** Joins and waits for the first whole keyframe of the publisher. Milliseconds. */
  join(): Promise<number>;
  leave(): Promise<void>;
}

/**
 * Speaks the seat protocol as the page does, without a page: two cores cannot hold a browser for
 * everyone in a storm. It decodes nothing, so its first frame is the last packet of the first keyframe.
 */
export async function enterLobby(origin: string, ticket: string): Promise<LightJoiner> {
  const seat = await sitDown(origin, ticket);
  const { transports, prepared } = seat.welcome;
  if (!transports) throw new Error('The server has no media for a joiner.');
  const picture = prepared.find(({ source }) => source === 'camera');
  const ssrc = picture?.rtpParameters.encodings?.[0]?.ssrc;
  if (ssrc === undefined) throw new Error('The room shows nobody.');
  const watcher = watch('127.0.0.1');
  const video = { mid: 'video', direction: 'sendonly', payloadType: VP8_PAYLOAD_TYPE, ssrc } as const;
  const offer = transportDescription(transports.recv, 'actpass', { data: true, video });
  const answer = await watcher.accept(offer);
  await seat.ask('transport:connect', { direction: 'recv', dtlsParameters: dtlsParametersOf(answer) });
  await watcher.reach(candidatesOf(transports.recv));
  return {
    async join() {
      const clickedAt = performance.now();
      const shownAt = firstPicture(watcher);
      await seat.ask('seat:join', { ready: prepared.map(({ id }) => id) });
      return (await shownAt) - clickedAt;
    },
    async leave() {
      await seat.ask('seat:leave', {});
      seat.close();
      watcher.close();
    },
  };
}
