import type { CallService, Clock, Logger, Registry, ServiceTokens } from '@careconnect/platform';
import type { Redis } from '@careconnect/platform/redis';
import type { Database } from '@careconnect/prisma';
import type { AnchorStore } from './anchor-store.ts';
import type { BlobStore } from './blob-store.ts';
import type { AlertRules } from './alert-rules.ts';
import type { Mailer } from './mailer.ts';

/** What api is told at its start. */
export interface ApiOptions {
  readonly accessTokenSecret: string;
  readonly joinTicketSecret: string;
  readonly fieldEncryptionKey: string;
  /** 32 random bytes, base64url: what the seals of the audit trail are signed with. */
  readonly auditSigningKey: string;
  readonly auditAnchorEveryMs: number;
  readonly publicOrigin: string;
  readonly isCookieSecure: boolean;
  readonly rateLimitFactor: number;
  /** The slug of the organization whose administrators run the installation; the only one there is unless told. */
  readonly operatorOrganization: string | null;
  readonly alertRules: AlertRules;
}

/** The edge of api's world: what tests hold and production connects. */
export interface ApiEdge {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly mailer: Mailer;
  readonly blobs: BlobStore;
  readonly anchors: AnchorStore;
  readonly serviceTokens: ServiceTokens;
  readonly callSignaling: CallService;
  /** What several nodes share; null where there is one of each. */
  readonly redis: Redis | null;
}
