import { tick } from 'svelte';
import { ApiError } from '#lib/api/api-error.ts';
import { m } from '#lib/paraglide/messages.js';

/** One sentence for each field that is not right; fields that are right are undefined or left out. */
export type FieldErrors = Readonly<Record<string, string | undefined>>;

/**
 * A form on its way: what is wrong with which field, what the platform answered, and whether it is
 * being sent. It never touches what was typed.
 */
export class FormState {
  errors = $state.raw<FieldErrors>({});
  failure = $state.raw<unknown>(null);
  isBusy = $state(false);
  /** Scripts are running: before that, a press would send the form past them. */
  isReady = $state(false);
  /** The summary takes the focus here, so that it is read out. */
  summary = $state<HTMLElement>();

  constructor() {
    $effect(() => {
      this.isReady = true;
    });
  }

  /** Sends when nothing is wrong; else points at what is. True when it was sent and accepted. */
  async submit(errors: FieldErrors, send: () => Promise<void>): Promise<boolean> {
    if (this.isBusy) return false;
    this.errors = errors;
    this.failure = null;
    if (this.wrongFields.length > 0) return this.#point();
    this.isBusy = true;
    try {
      await send();
      return true;
    } catch (error) {
      this.failure = error;
      this.errors = issuesByField(error);
      return await this.#point();
    } finally {
      this.isBusy = false;
    }
  }

  get wrongFields(): { field: string; message: string }[] {
    return Object.entries(this.errors).flatMap(([field, message]) =>
      message === undefined ? [] : [{ field, message }],
    );
  }

  async #point(): Promise<false> {
    await tick();
    this.summary?.focus();
    return false;
  }
}

/** The form's own checks have a sentence for every field; what only the platform refuses gets a general one. */
function issuesByField(error: unknown): FieldErrors {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.issues.map(({ path }) => [path, m.error_field()]));
}
