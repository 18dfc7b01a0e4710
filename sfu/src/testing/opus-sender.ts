import type { types } from 'mediasoup';
import type { Track } from '../media/seats/tracks.ts';
import { createDirectTrack } from './direct-track.ts';
import { opusParameters } from './rtp-parameters.ts';

const PACKET_MS = 20;
const PACKET_BYTES = 60;
const LEVEL = { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 6 };
/** In -dBov (RFC 6464): a syllable of someone close to their microphone, what is between two, and a quiet room. */
const SYLLABLE = 20;
const BREAK = 70;
const QUIET = 127;
/** About four syllables a second: what never changes is taken for noise. */
const SYLLABLE_PACKETS = 8;
const BREAK_PACKETS = 4;

export interface OpusSender {
  readonly track: Track;
  speak(isSpeaking: boolean): void;
}

/** A microphone that says how loud it is, as browsers do. */
export async function startOpusSender(router: types.Router): Promise<OpusSender> {
  const parameters = opusParameters();
  const ssrc = parameters.encodings?.[0]?.ssrc ?? 1;
  const { track, sendEvery } = await createDirectTrack(router, {
    kind: 'audio',
    source: 'microphone',
    rtpParameters: { ...parameters, headerExtensions: [...(parameters.headerExtensions ?? []), LEVEL] },
  });
  let isSpeaking = false;
  let count = 0;
  sendEvery(PACKET_MS, () => track.producer.send(opusPacket(ssrc, (count += 1), isSpeaking)));
  return { track, speak: (wanted) => (isSpeaking = wanted) };
}

/** Only the header is real: RFC 3550 section 5.1, with one extension as RFC 8285 section 4.2 writes it. */
function opusPacket(ssrc: number, count: number, isSpeaking: boolean): Buffer {
  const packet = Buffer.alloc(PACKET_BYTES);
  packet[0] = 0x80 | 0x10;
  packet[1] = 111;
  packet.writeUInt16BE(count & 0xffff, 2);
  packet.writeUInt32BE((count * PACKET_MS * 48) >>> 0, 4);
  packet.writeUInt32BE(ssrc, 8);
  packet.writeUInt16BE(0xbede, 12);
  packet.writeUInt16BE(1, 14);
  packet[16] = LEVEL.id << 4;
  packet[17] = isSpeaking ? 0x80 | speechLevel(count) : QUIET;
  return packet;
}

function speechLevel(count: number): number {
  return count % (SYLLABLE_PACKETS + BREAK_PACKETS) < SYLLABLE_PACKETS ? SYLLABLE : BREAK;
}
