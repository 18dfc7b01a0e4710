import type { Express } from 'express';
import { createApp } from './app.ts';
import { composeSealing, composeTrail } from './audit.compose.ts';
import { composeAuth } from './auth.compose.ts';
import { composeCare } from './care.compose.ts';
import { allOf } from './core/all-of.ts';
import { createActing } from './core/acting.ts';
import { createActingRepository } from './core/acting.repository.ts';
import { createAuditTrail } from './core/audit-trail.repository.ts';
import { createAuthorize } from './core/authorize.ts';
import { createBackground } from './core/background.ts';
import type { Core } from './core/core.ts';
import type { ApiEdge, ApiOptions } from './core/edge.ts';
import {
  createAccountPhones,
  createContentCipher,
  createFieldCipher,
  createInstallationKeys,
  createPatientContacts,
} from '@careconnect/prisma';
import { createTolerantCipher } from './core/field-cipher.ts';
import { createEncryptionKeys, type EncryptionKeys } from './core/encryption-keys.ts';
import { createChartAccess } from './core/chart-access.ts';
import { createChartAccessRepository } from './core/chart-access.repository.ts';
import { createPushPort } from './core/push-port.ts';
import { pushToSignaling, pushToStream } from './core/push-delivery.ts';
import { FairShare } from './core/fair-share.ts';
import { createRateLimits } from './core/rate-limit.ts';
import { createServiceAuthentication } from './core/service-authentication.ts';
import { createSessionCookies } from './core/session-cookies.ts';
import { composeErasures } from './erasure.compose.ts';
import { createDocsPage } from './features/docs/docs-page.ts';
import { bindDocsEndpoints } from './features/docs/docs.routes.ts';
import { createNodeMetrics } from './features/nodes/node-metrics.ts';
import { createNodeRepository } from './features/nodes/node.repository.ts';
import { bindNodeEndpoints } from './features/nodes/node.routes.ts';
import { createNodeService } from './features/nodes/node.service.ts';
import { composeSingleSignOn } from './single-sign-on.compose.ts';
import { composePeople } from './people.compose.ts';
import { composePrivacy, composeRetention } from './privacy.compose.ts';
import type { Sealing } from './features/audit/sealing.ts';
import { composePatients } from './patients.compose.ts';

export interface Api {
  readonly app: Express;
  /** Nothing is answered before they are verified. */
  readonly encryptionKeys: EncryptionKeys;
  readonly sealing: Sealing;
  /** Takes away what was begun and has been left lying; for now and then. */
  sweep(): Promise<void>;
  /** Takes up files that could not be looked through for viruses when they came. */
  deliverWaiting(): Promise<void>;
  /** Resolves when mails and pushes under way are delivered or given up. */
  idle(): Promise<void>;
}

/** Builds the whole of api. Only this and the `*.compose.ts` beside it construct services and repositories. */
export function composeApi(options: ApiOptions, edge: ApiEdge): Api {
  const { database, clock, log, metrics, serviceTokens } = edge;
  const { tenancy } = database;
  const keys = createInstallationKeys({ ...edge.keys, database, now: () => clock.now() });
  const encryptionKeys = createEncryptionKeys(keys);
  const background = createBackground(log);
  const { redis } = edge;
  const deliver = redis ? pushToStream(redis) : pushToSignaling(edge.callSignaling);
  const pushes = createPushPort({ deliver, log });
  const sessionCookies = createSessionCookies({ isSecure: options.isCookieSecure });
  const rateLimits = createRateLimits({ factor: options.rateLimitFactor, redis });
  const cipher = createFieldCipher(keys);
  const tolerantCipher = createTolerantCipher({ cipher, log, metrics });
  const contacts = createPatientContacts({ cipher, keyRing: keys.keyRing });
  const accountPhones = createAccountPhones({ cipher, keyRing: keys.keyRing });
  const auth = composeAuth({
    ...options,
    ...edge,
    cipher: tolerantCipher,
    contacts,
    accountPhones,
    background,
    pushes,
    sessionCookies,
    rateLimits,
  });
  const core: Core = {
    database,
    clock,
    log,
    cipher: tolerantCipher,
    contacts,
    contentCipher: createContentCipher(keys),
    keyRing: keys.keyRing,
    blobs: edge.blobs,
    objects: edge.objects,
    scanner: edge.scanner,
    pushes,
    background,
    serviceTokens,
    guestSessions: auth.guestSessions,
    sessionCookies,
    joinTicketSecret: options.joinTicketSecret,
    alertRules: options.alertRules,
    metrics,
  };
  const nodeLoads = createNodeRepository(database);
  createNodeMetrics({ metrics, nodes: nodeLoads, clock, log });
  const nodes = createNodeService({
    nodes: nodeLoads,
    rules: options.alertRules,
    operatorOrganization: options.operatorOrganization,
    clock,
  });
  const charts = createChartAccess({ access: createChartAccessRepository(core), clock });
  const care = composeCare(core, charts, { sessions: auth.sessions, nodes });
  const retention = composeRetention({ ...options, ...edge });
  const app = createApp({
    endpoints: [
      ...auth.endpoints,
      ...composePeople({ ...options, ...edge, ...auth, background }),
      ...composeSingleSignOn({ ...options, ...edge, ...auth, cipher: tolerantCipher, background }),
      ...composePatients(core, charts, { ...options, ...edge }),
      ...composePrivacy({ ...options, ...core }),
      ...composeErasures({ ...options, ...core, ...auth }),
      ...care.endpoints,
      ...bindNodeEndpoints(nodes),
      ...composeTrail({ ...options, ...edge, cipher: tolerantCipher }),
      ...bindDocsEndpoints(),
    ],
    docs: createDocsPage(),
    encryptionKeys,
    authorize: createAuthorize({
      authentication: auth.authentication,
      serviceAuthentication: createServiceAuthentication(serviceTokens),
      acting: createActing({
        grants: createActingRepository(database),
        audit: createAuditTrail(database),
        clock,
      }),
    }),
    tenancy,
    rateLimits,
    shares: new FairShare(options.rateLimitFactor),
    log,
  });
  return {
    app,
    encryptionKeys,
    sealing: composeSealing({ ...options, ...edge }),
    sweep: () => tenancy.runAsSystem(() => allOf([care.sweep, retention])),
    deliverWaiting: () => tenancy.runAsSystem(care.deliverWaiting),
    async idle() {
      // Work under way may still have something to push.
      await background.idle();
      await pushes.idle();
    },
  };
}
