import type {
  Consumer,
  DtlsParameters,
  MediaKind,
  RtpCapabilities,
  RtpParameters,
  WebRtcTransport,
} from 'mediasoup/types';

export type TransportInfo = Pick<
  WebRtcTransport,
  'id' | 'iceParameters' | 'iceCandidates' | 'dtlsParameters'
>;
export type ConsumerInfo = Pick<Consumer, 'id' | 'producerId' | 'kind' | 'rtpParameters'>;

type Ask<Payload, Answer> = (payload: Payload, answer: (result: Answer) => void) => void;

/** One question for each step, as the documentation tells it. */
export interface Requests {
  getRouterRtpCapabilities: Ask<null, RtpCapabilities>;
  createTransport: Ask<null, TransportInfo>;
  connectTransport: Ask<{ transportId: string; dtlsParameters: DtlsParameters }, null>;
  produce: Ask<{ transportId: string; kind: MediaKind; rtpParameters: RtpParameters }, { id: string }>;
  getProducers: Ask<null, string[]>;
  consume: Ask<{ transportId: string; producerId: string; rtpCapabilities: RtpCapabilities }, ConsumerInfo>;
  resume: Ask<{ consumerId: string }, null>;
}

/** What those inside are told without asking. */
export interface Announcements {
  newProducer: (news: { producerId: string }) => void;
  consumerClosed: (news: { consumerId: string }) => void;
}
