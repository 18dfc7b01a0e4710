import type {
  CallService,
  Clock,
  FetchOutbound,
  Logger,
  Registry,
  ServiceTokens,
} from '@careconnect/platform';
import type { Redis } from '@careconnect/platform/redis';
import type { Database, KeyHolders } from '@careconnect/prisma';
import type { AnchorStore } from './anchor-store.ts';
import type { BlobStore } from './blob-store.ts';
import type { AlertRules } from './alert-rules.ts';
import type { Mailer } from './mailer.ts';
import type { ObjectStore } from './object-store.ts';
import type { Retention } from './retention.ts';
import type { SmsGateway } from './sms-gateway.ts';
import type { VirusScanner } from './virus-scanner.ts';

/** What api is told at its start. */
export interface ApiOptions {
  readonly accessTokenSecret: string;
  readonly joinTicketSecret: string;
  /** 32 random bytes, base64url: what the seals of the audit trail are signed with. */
  readonly auditSigningKey: string;
  readonly auditAnchorEveryMs: number;
  readonly publicOrigin: string;
  readonly isCookieSecure: boolean;
  readonly rateLimitFactor: number;
  /** The slug of the organization whose administrators run the installation; the only one there is unless told. */
  readonly operatorOrganization: string | null;
  readonly alertRules: AlertRules;
  readonly retention: Retention;
}

/** The edge of api's world: what tests hold and production connects. */
export interface ApiEdge {
  readonly database: Database;
  readonly keys: KeyHolders;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly mailer: Mailer;
  /** Null where nothing sends text messages: then nothing about phones is offered. */
  readonly sms: SmsGateway | null;
  /** Where files are while they arrive. */
  readonly blobs: BlobStore;
  readonly anchors: AnchorStore;
  /** Where they are kept. */
  readonly objects: ObjectStore;
  /** Null where there is none. */
  readonly scanner: VirusScanner | null;
  readonly serviceTokens: ServiceTokens;
  readonly callSignaling: CallService;
  /** Addresses that people name. */
  readonly fetchOutbound: FetchOutbound;
  /** What several nodes share; null where there is one of each. */
  readonly redis: Redis | null;
}
