import { BirthDate, endpoints, PersonName, withoutControls, type VisitId } from '@careconnect/contracts';
import { ApiError } from '#lib/api/api-error.ts';
import type { ApiClient } from '#lib/api/client.ts';
import { m } from '#lib/paraglide/messages.js';

/** The form with which someone enters a doctor's waiting room through a link. */
export class WalkIn {
  name = $state('');
  birthDate = $state<string | null>(null);
  reason = $state('');
  isSending = $state(false);
  /** Errors are shown once the person has tried to go on. */
  wasTried = $state(false);
  failure = $state.raw<unknown>(null);
  /** The doctor has closed the waiting room since the page was opened. */
  isClosed = $state(false);

  readonly #api: ApiClient;
  readonly #slug: string;
  // The same for every try, so that a lost answer does not open a second visit.
  readonly #idempotencyKey = crypto.randomUUID();

  constructor({ api, slug }: { api: ApiClient; slug: string }) {
    this.#api = api;
    this.#slug = slug;
  }

  get nameError(): string | undefined {
    if (!this.wasTried || PersonName.safeParse(this.name).success) return undefined;
    return m.visit_walk_in_name_error();
  }

  get birthDateError(): string | undefined {
    if (!this.wasTried || BirthDate.safeParse(this.birthDate).success) return undefined;
    return m.visit_walk_in_birth_date_error();
  }

  /** Enters as a guest; null while something is missing or was refused. */
  async enterAsGuest(): Promise<VisitId | null> {
    this.wasTried = true;
    const name = PersonName.safeParse(this.name);
    const birthDate = BirthDate.safeParse(this.birthDate);
    if (!name.success || !birthDate.success) return null;
    return this.#enter({ name: name.data, birthDate: birthDate.data });
  }

  /** Enters as the patient who is signed in. */
  async enterAsPatient(): Promise<VisitId | null> {
    return this.#enter(null);
  }

  async #enter(guest: { name: string; birthDate: string } | null): Promise<VisitId | null> {
    if (this.isSending) return null;
    this.isSending = true;
    this.failure = null;
    const reason = withoutControls(this.reason).trim();
    try {
      const { visit } = await this.#api.call(endpoints.walkIns.enter, {
        params: { slug: this.#slug },
        body: {
          idempotencyKey: this.#idempotencyKey,
          ...(reason === '' ? {} : { reason }),
          ...(guest ? { guest } : {}),
        },
      });
      return visit.id;
    } catch (error) {
      this.isClosed = error instanceof ApiError && error.code === 'WALK_IN_CLOSED';
      this.failure = error;
      return null;
    } finally {
      this.isSending = false;
    }
  }
}
