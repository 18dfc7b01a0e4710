import { onMount } from 'svelte';
import { ApiError } from '#lib/api/api-error.ts';
import { linkTokenIn } from '#lib/session/link-token.ts';

export type LinkState = 'unread' | 'cut-off' | 'worthless' | 'usable';

/** A link from an e-mail, as the page that it opened sees it. */
export class MailedLink {
  state = $state<LinkState>('unread');
  token = $state<string | null>(null);
  readonly #look: (token: string) => Promise<void>;

  /** @param look asks whether the token is good; throws `LINK_INVALID` when not */
  constructor(look: (token: string) => Promise<void>) {
    this.#look = look;
    onMount(() => void this.read());
  }

  /** Reads the address again: another link may have been opened in the same tab. */
  async read(): Promise<void> {
    // The summary of wrong fields links into the page, and its address then has no token.
    const found = linkTokenIn(location.hash) ?? this.token;
    if (found !== null && found === this.token) return;
    this.token = found;
    const state = found === null ? 'cut-off' : await this.#stateOf(found);
    // The answer to another one may have come first.
    if (found === this.token) this.state = state;
  }

  /** The platform has said so when the link was used. */
  spoiledBy(failure: unknown): void {
    if (isWorthless(failure)) this.state = 'worthless';
  }

  async #stateOf(token: string): Promise<LinkState> {
    try {
      await this.#look(token);
    } catch (error) {
      if (isWorthless(error)) return 'worthless';
      // Whether it works is told when it is used.
    }
    return 'usable';
  }
}

function isWorthless(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'LINK_INVALID';
}
