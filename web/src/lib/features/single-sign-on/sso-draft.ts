import { endpoints, SsoGroup, type SsoConnection } from '@careconnect/contracts';
import { toPost, type PostDraft } from '#lib/features/people/post-draft.ts';
import { m } from '#lib/paraglide/messages.js';
import type { FieldErrors } from '#lib/ui/form-state.svelte.ts';

export interface GroupDraft extends PostDraft {
  /** Of the row on the page, which keeps it through moves. */
  readonly key: number;
  group: string;
}

/** What an administrator types. */
export interface SsoDraft {
  issuer: string;
  clientId: string;
  clientSecret: string;
  groupsClaim: string;
  joining: SsoConnection['joining'];
  groups: GroupDraft[];
}

const Body = endpoints.singleSignOn.put.body;

export function draftOf(connection: SsoConnection | null): SsoDraft {
  const { issuer = '', clientId = '', groupsClaim = 'groups', joining = 'members' } = connection ?? {};
  const groups = (connection?.groups ?? []).map((group, key) => ({ specialty: '', ...group, key }));
  return {
    issuer,
    clientId,
    clientSecret: '',
    groupsClaim,
    joining,
    groups: groups.length > 0 ? groups : [newGroup(0)],
  };
}

export function newGroup(key: number): GroupDraft {
  return { key, group: '', role: 'doctor', specialty: '' };
}

export function toBody({ clientSecret, groups, ...draft }: SsoDraft) {
  return {
    ...draft,
    ...(clientSecret === '' ? {} : { clientSecret }),
    groups: groups.map((row) => ({ group: row.group, ...toPost(row) })),
  };
}

/** A secret is needed where none is kept for this provider and client. */
export function draftErrors(draft: SsoDraft, stored: SsoConnection | null): FieldErrors {
  const { shape } = Body;
  const isKept = stored?.issuer === draft.issuer.trim() && stored.clientId === draft.clientId.trim();
  const wrong = (isRight: boolean, words: string) => (isRight ? undefined : words);
  return {
    issuer: wrong(shape.issuer.safeParse(draft.issuer).success, m.sso_setup_issuer_wrong()),
    clientId: wrong(shape.clientId.safeParse(draft.clientId).success, m.sso_setup_client_wrong()),
    clientSecret: wrong(isKept || draft.clientSecret !== '', m.sso_setup_secret_wrong()),
    groupsClaim: wrong(shape.groupsClaim.safeParse(draft.groupsClaim).success, m.sso_setup_claim_wrong()),
    ...Object.fromEntries(draft.groups.flatMap((row) => Object.entries(groupErrors(row, draft.groups)))),
  };
}

function groupErrors(row: GroupDraft, all: readonly GroupDraft[]): FieldErrors {
  const isTwice = all.some(({ key, group }) => key !== row.key && group.trim() === row.group.trim());
  const hasName = SsoGroup.safeParse({ group: row.group, role: 'admin' }).success;
  const hasPost = SsoGroup.safeParse({ group: 'any', ...toPost(row) }).success;
  return {
    [`group${row.key}`]: hasName && !isTwice ? undefined : m.sso_setup_group_wrong(),
    [`specialty${row.key}`]: hasPost ? undefined : m.people_specialty_missing(),
  };
}
