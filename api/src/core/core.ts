import type { Clock, Logger, Registry, ServiceTokens } from '@careconnect/platform';
import type { ContentCipher, Database } from '@careconnect/prisma';
import type { AlertRules } from './alert-rules.ts';
import type { Background } from './background.ts';
import type { BlobStore } from './blob-store.ts';
import type { FieldCipher } from './field-cipher.ts';
import type { PushPort } from './push-port.ts';
import type { GuestSessions, SessionCookies } from './session-cookies.ts';

/** What the slices are built from; each takes only what it uses. Made in `compose.ts`. */
export interface Core {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly cipher: FieldCipher;
  readonly contentCipher: ContentCipher;
  readonly blobs: BlobStore;
  readonly pushes: PushPort;
  readonly background: Background;
  readonly serviceTokens: ServiceTokens;
  readonly guestSessions: GuestSessions;
  readonly sessionCookies: SessionCookies;
  readonly joinTicketSecret: string;
  readonly alertRules: AlertRules;
  readonly metrics: Registry;
}
