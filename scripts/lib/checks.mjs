/**
 * What `npm run check` runs, by name; each is also an npm script of its own. The longest first, so that all lanes end
 * together.
 * @type {readonly { readonly name: string, readonly npm: readonly string[] }[]}
 */
export const CHECKS = [
  { name: 'lint', npm: ['run', '--silent', 'lint'] },
  { name: 'components', npm: ['run', '--silent', '-w', 'web', 'check'] },
  { name: 'types', npm: ['run', '--silent', 'typecheck'] },
  { name: 'pure tests', npm: ['run', '--silent', 'test:pure'] },
  { name: 'format', npm: ['run', '--silent', 'format:check'] },
  { name: 'supply chain', npm: ['run', '--silent', 'supply-chain'] },
  { name: 'module boundaries', npm: ['run', '--silent', 'depcruise'] },
  { name: 'unused code', npm: ['run', '--silent', 'knip'] },
];

export const CHECK_NAMES = CHECKS.map(({ name }) => name).join(', ');
