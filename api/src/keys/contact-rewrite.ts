import type { PatientContacts } from '@careconnect/prisma';
import type { PlainContactRepository } from './plain-contact.repository.ts';
import type { RewriteOutcome } from './rewrite.ts';

export interface ContactRewriteDeps {
  readonly plainContacts: PlainContactRepository;
  readonly contacts: PatientContacts;
  readonly onProgress: (rewritten: number) => void;
}

/** Encrypts numbers and addresses that stand in plain text, each with what it is found by: nobody is unfindable between. */
export function createContactRewrite({ plainContacts, contacts, onProgress }: ContactRewriteDeps) {
  return async function rewriteContacts(): Promise<RewriteOutcome> {
    let rewritten = 0;
    let after: string | null = null;
    for (;;) {
      const batch = await plainContacts.next(after);
      const last = batch.at(-1);
      if (!last) return { rewritten, unreadable: [] };
      for (const contact of batch) {
        if (await plainContacts.seal(contact, contacts.seal(contact, contact))) rewritten += 1;
      }
      after = last.id;
      onProgress(rewritten);
    }
  };
}
