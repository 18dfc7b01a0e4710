/** Who may import whom; docs/architecture.md says why. */
const INSIDE = '^(contracts|platform|prisma|api|signaling|sfu|web|load-tests)/';
const may = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: INSIDE, pathNot: `^(${[from, ...allowed].join('|')})/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    may('contracts-know-nobody', 'contracts', []),
    may('platform-knows-contracts', 'platform', ['contracts']),
    may('prisma-knows-nobody', 'prisma', []),
    may('api-imports', 'api', ['contracts', 'platform', 'prisma']),
    may('signaling-imports', 'signaling', ['contracts', 'platform']),
    may('sfu-imports', 'sfu', ['contracts', 'platform']),
    may('web-imports', 'web', ['contracts', 'platform']),
    {
      name: 'pages-know-contracts-only',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { path: INSIDE, pathNot: '^(web|contracts)/' },
    },
    may('load-tests-import', 'load-tests', ['contracts']),
    {
      name: 'contracts-import-only-zod',
      severity: 'error',
      from: { path: '^contracts/src', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/zod/' },
    },
    {
      name: 'nothing-imports-routes',
      severity: 'error',
      from: { path: '^api/', pathNot: ['compose\\.ts$', '\\.test\\.ts$'] },
      to: { path: '\\.routes\\.ts$' },
    },
    {
      name: 'services-do-not-meet',
      severity: 'error',
      from: { path: '^api/src/features/([^/]+)/.*\\.service\\.ts$' },
      to: { path: '^api/src/features/.*\\.service\\.ts$', pathNot: '^api/src/features/$1/' },
    },
    {
      name: 'only-repositories-touch-the-database',
      severity: 'error',
      from: {
        path: '^api/src',
        pathNot: [
          '\\.repository\\.ts$',
          'compose\\.ts$',
          'main\\.ts$',
          '^api/src/core/database',
          '\\.int\\.test\\.ts$',
          '^api/src/testing/',
        ],
      },
      to: { path: ['^prisma/', 'node_modules/(@prisma|pg)/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-dev-dependency-in-production-code',
      severity: 'error',
      from: {
        path: '^(contracts|platform|prisma|api|signaling|sfu)/src',
        pathNot: ['\\.test\\.ts$', '/testing/'],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(\\$|\\./\\$types)' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'prisma/src/generated', 'web/src/lib/paraglide'] },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'svelte', 'default'],
    },
    exclude: { path: ['\\$app', '\\$env', '\\$service-worker'] },
  },
};
