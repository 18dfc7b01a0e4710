import type { Logger } from '@careconnect/platform';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { BoundEndpoint } from './core/bind-endpoint.ts';
import type { EncryptionKeys } from './core/encryption-keys.ts';
import { createEndpointPipeline, type PipelineDeps } from './core/endpoint-pipeline.ts';
import { createEndpointRouter } from './core/endpoint-router.ts';
import { answerNotFound, createErrorMiddleware } from './core/error-middleware.ts';
import { assignRequestId } from './core/request-id.ts';

export interface AppDeps extends PipelineDeps {
  readonly endpoints: readonly BoundEndpoint[];
  /** The readable reference. */
  readonly docs: express.RequestHandler;
  readonly encryptionKeys: EncryptionKeys;
  readonly log: Logger;
}

/** The HTTP surface of api: every endpoint of the registry, its reference, and typed errors for everything else. */
export function createApp({ endpoints, docs, encryptionKeys, log, ...pipeline }: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  // The front door is on this machine or in this pod; its word on the caller's address counts, nobody else's.
  app.set('trust proxy', 'loopback');
  app.set('query parser', 'simple');
  app.set('case sensitive routing', true);
  app.set('strict routing', true);
  app.use(assignRequestId);
  app.use(
    helmet({
      // Answers are data; the reference, which is a page, has a policy of its own.
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
      },
      xFrameOptions: { action: 'deny' },
      // Whether a browser must insist on HTTPS is for the front door to say, which speaks it.
      strictTransportSecurity: false,
    }),
  );
  app.use((_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  app.get('/api/docs', docs);
  // A database that was away at the start may turn out to be written with another key.
  app.use((_request, _response, next) => {
    encryptionKeys.verify().then(() => next(), next);
  });
  app.use(createEndpointRouter(endpoints, createEndpointPipeline(pipeline)));
  app.use(answerNotFound);
  app.use(createErrorMiddleware(log));
  return app;
}
