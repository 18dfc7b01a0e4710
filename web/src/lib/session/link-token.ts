import { endpoints } from '@careconnect/contracts';

const Token = endpoints.auth.confirmPasswordReset.body.shape.token;

/**
 * The token of a link from an e-mail, from the part of its address behind the hash sign, which no server ever sees.
 * Null when there is none, or when the link was cut off.
 */
export function linkTokenIn(hash: string): string | null {
  const token = Token.safeParse(new URLSearchParams(hash.slice(1)).get('token'));
  return token.success ? token.data : null;
}
