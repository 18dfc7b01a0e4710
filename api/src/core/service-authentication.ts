import { AppError, type ServiceName, type ServiceTokens } from '@careconnect/platform';
import type { IncomingHttpHeaders } from 'node:http';
import { readBearer } from './authentication.ts';

export interface ServiceAuthentication {
  /** The process of ours that calls; throws `UNAUTHENTICATED` for anyone else. */
  require(headers: IncomingHttpHeaders): Promise<ServiceName>;
}

export function createServiceAuthentication(tokens: ServiceTokens): ServiceAuthentication {
  return {
    async require({ authorization }) {
      const service = await tokens.verify(readBearer(authorization ?? ''), 'api');
      if (!service) throw new AppError('UNAUTHENTICATED', 'Only processes of this platform may call this.');
      return service;
    },
  };
}
