import { accessTokens } from './access-tokens.ts';
import type { Attack } from './attack.ts';
import { codeGuessing } from './code-guessing.ts';
import { foreignIds } from './foreign-ids.ts';
import { injections } from './injections.ts';
import { massAssignment } from './mass-assignment.ts';
import { otherSites } from './other-sites.ts';
import { refreshReuse } from './refresh-reuse.ts';
import { sentCodes } from './sent-codes.ts';

/** On api. Sockets and pages are attacked where they are served. */
export const ATTACKS: readonly Attack[] = [
  accessTokens,
  refreshReuse,
  foreignIds,
  massAssignment,
  injections,
  otherSites,
  codeGuessing,
  sentCodes,
];
