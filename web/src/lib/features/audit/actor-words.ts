import { Role } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import { roleName } from '#lib/shell/role-name.ts';

interface Who {
  readonly userId: string | null;
  readonly name: string | null;
  readonly role: string;
}

export function actorName({ userId, name }: Who): string {
  return name ?? (userId === null ? m.trail_nobody() : m.trail_unnamed());
}

/** By its name where it is that of another system. */
export function actorRole({ role }: Who): string {
  const { data } = Role.safeParse(role);
  return data ? roleName(data) : role;
}
