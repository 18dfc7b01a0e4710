import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { ErasureService } from './erasure.service.ts';

export function bindErasureEndpoints(erasures: ErasureService): BoundEndpoint[] {
  return bindEndpoints(endpoints.erasures, {
    mine: async (context) => ({ erasure: await erasures.mine(context) }),
    ask: async (context) => ({ erasure: await erasures.ask(context) }),
    list: async (context) => ({ erasures: await erasures.list(context) }),
    accept: (context, { params }) => erasures.accept(context, params.erasureId).then(() => undefined),
    refuse: async (context, { params, body }) => {
      await erasures.refuse(context, params.erasureId, body.reason);
      return undefined;
    },
    readHeld: async (context, { params, body }) =>
      pieces(await erasures.readHeld(context, params.erasureId, body.reason)),
    getRetention: async (context) => ({ years: await erasures.years(context) }),
    putRetention: async (context, { body }) => {
      await erasures.changeYears(context, body.years);
      return body;
    },
  });
}

async function* pieces(whole: string): AsyncGenerator<string> {
  yield whole;
}
