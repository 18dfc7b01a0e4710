/** Who answers a request: one of our inner processes, the pages, or nobody. */
export type Destination = 'api' | 'signaling' | 'pages' | 'malformed';

/**
 * Decides by the path alone. A target that is not already in its plain form (`..`, `%2e`, a backslash,
 * a full address) is malformed, so that nobody behind this door can read it as another path than we did.
 */
export function destinationOf(target: string | undefined): Destination {
  const path = target?.split('?', 1)[0] ?? '';
  if (!path.startsWith('/') || !URL.canParse(path, 'http://door')) return 'malformed';
  if (new URL(path, 'http://door').pathname !== path) return 'malformed';
  if (isUnder(path, '/api')) return 'api';
  return isUnder(path, '/socket.io') ? 'signaling' : 'pages';
}

function isUnder(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}
