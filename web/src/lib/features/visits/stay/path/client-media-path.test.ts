import type { SeatTransports } from '@careconnect/contracts';
import { Device } from 'mediasoup-client';
import * as fakeParameters from 'mediasoup-client/fakeParameters';
import { FakeHandler } from 'mediasoup-client/handlers/FakeHandler';
import { expect, it } from 'vitest';
import { RequestError } from '../seat/request-error.ts';
import type { SeatSocket } from '../seat/seat-connection.ts';
import { ClientMediaPath } from './client-media-path.ts';
import type { PathState } from './transport-pair.ts';

it('is broken for good when the server does not take its ends', async () => {
  const refusal = RequestError.refused({ code: 'MEDIA_UNAVAILABLE', message: 'away', requestId: 'r-1' });
  expect((await statesAfter(refusal)).at(-1)).toBe('failed');
});

it('waits for the next welcome when the connection breaks meanwhile', async () => {
  expect(await statesAfter(RequestError.disconnected('transport:connect'))).toEqual(['connecting']);
});

/** What becomes of a path whose ends the server answers like this. */
async function statesAfter(answer: RequestError): Promise<PathState[]> {
  const states: PathState[] = [];
  const asked = Promise.withResolvers<void>();
  const socket = {
    async request(name: string) {
      if (name === 'transport:connect') setTimeout(asked.resolve);
      throw answer;
    },
  } as unknown as SeatSocket;
  const device = new Device({ handlerFactory: FakeHandler.createFactory(fakeParameters) });
  await device.load({ routerRtpCapabilities: fakeParameters.generateRouterRtpCapabilities() });
  const path = ClientMediaPath.open({
    device,
    socket,
    transports: someTransports(),
    iceServers: [],
    savesData: false,
    encodable: new Map(),
    onState: (state) => states.push(state),
  });
  await asked.promise;
  path.close();
  return states;
}

function someTransports(): SeatTransports {
  const end = () => fakeParameters.generateTransportRemoteParameters();
  const warmUp = fakeParameters.generateDataConsumerRemoteParameters({ id: 'warm-up' });
  return { send: end(), recv: end(), warmUp, videoCodecs: ['video/VP8'] } as unknown as SeatTransports;
}
