import type { Clock, Logger, Registry, ServiceTokens } from '@careconnect/platform';
import type { ContentCipher, Database, KeyRing, PatientContacts } from '@careconnect/prisma';
import type { AlertRules } from './alert-rules.ts';
import type { Background } from './background.ts';
import type { BlobStore } from './blob-store.ts';
import type { FieldCipher } from './field-cipher.ts';
import type { ObjectStore } from './object-store.ts';
import type { PushPort } from './push-port.ts';
import type { GuestSessions, SessionCookies } from './session-cookies.ts';
import type { VirusScanner } from './virus-scanner.ts';

/** What the slices are built from; each takes only what it uses. Made in `compose.ts`. */
export interface Core {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly cipher: FieldCipher;
  readonly contacts: PatientContacts;
  readonly contentCipher: ContentCipher;
  readonly keyRing: KeyRing;
  readonly blobs: BlobStore;
  readonly objects: ObjectStore;
  /** Null where there is none. */
  readonly scanner: VirusScanner | null;
  readonly pushes: PushPort;
  readonly background: Background;
  readonly serviceTokens: ServiceTokens;
  readonly guestSessions: GuestSessions;
  readonly sessionCookies: SessionCookies;
  readonly joinTicketSecret: string;
  readonly alertRules: AlertRules;
  readonly metrics: Registry;
}
