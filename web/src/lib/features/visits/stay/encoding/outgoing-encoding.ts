import type { MediaSource, VideoCodec } from '@careconnect/contracts';
import type { types } from 'mediasoup-client';
import { screenEncodings } from './screen-encoding.ts';
import { SOUND_BITRATE } from './sending-limits.ts';
import { cameraEncodings } from './simulcast.ts';

/** Of too little bandwidth sound gets its share first; pictures stay at `low`, which is what nothing said means. */
const MICROPHONE_ENCODING: types.RtpEncodingParameters = { priority: 'high', networkPriority: 'high' };

/** Of a lost packet of sound the next one brings a coarser copy (FEC); silence takes next to nothing (DTX). */
const MICROPHONE_CODEC: types.ProducerCodecOptions = {
  opusFec: true,
  opusDtx: true,
  opusStereo: false,
  opusMaxPlaybackRate: 48_000,
  opusMaxAverageBitrate: SOUND_BITRATE,
};

/** How a source is sent. */
export function encodingOf(
  source: MediaSource,
  track: MediaStreamTrack,
  codec: VideoCodec | null,
): Pick<types.ProducerOptions, 'codecOptions' | 'encodings'> {
  switch (source) {
    case 'microphone':
      return { codecOptions: MICROPHONE_CODEC, encodings: [{ ...MICROPHONE_ENCODING }] };
    case 'camera':
      return { encodings: cameraEncodings(track.getSettings().height, codec ?? undefined) };
    case 'screen':
      return { encodings: screenEncodings(track) };
  }
}
