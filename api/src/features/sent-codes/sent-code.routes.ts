import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { SentCodeService } from './sent-code.service.ts';

export function bindSentCodeEndpoints(codes: SentCodeService): BoundEndpoint[] {
  return bindEndpoints(endpoints.sentCodes, {
    sendForSignIn: ({ ip }, { body: { challenge, ...request } }) =>
      codes.sendForSignIn(challenge, { ...request, ip }),
    send: (context, { body }) => codes.send(context, { ...body, ip: context.ip }),
    turnOn: async (context, { params, body }) => {
      await codes.turnOn(context, params.channel, body.code);
      return undefined;
    },
    turnOff: async (context, { params }) => {
      await codes.turnOff(context, params.channel);
      return undefined;
    },
  });
}
