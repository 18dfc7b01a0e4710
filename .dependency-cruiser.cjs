/** Who may import whom; docs/architecture.md says why. */
const INSIDE = '^(contracts|platform|prisma|api|signaling|sfu|web|load-tests)/';
/** Who signs in at the demo clinic: data and nothing else, so whoever plays one of them may know it. */
const DEMO_ACCOUNTS = 'prisma/src/demo-accounts\\.ts';
/** What a value costs to encrypt is measured without anything around it. */
const CIPHERS = 'prisma/src/(aes-gcm|encrypted-fields|field-cipher|operator-cipher|keys/key-ring)\\.ts';
/** Native ends of WebRTC, for whoever tests what becomes of media. */
const NATIVE_ENDS = 'sfu/src/testing/native-(browser|camera)\\.ts';
/** What may go wrong with media, how the contract's shapes are mediasoup's, and what is told of rooms. */
const SFU_GROUND = '^sfu/src/(media/[^/]+|announce)\\.ts$';
const may = (name, from, allowed, except = []) => ({
  name,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: except },
  to: { path: INSIDE, pathNot: `^(${[from, ...allowed].join('|')})(/|$)` },
});
/** A folder of the SFU stands on these others, and on the ground of all. */
const sfuMay = (folder, allowed) => ({
  name: `sfu-${folder.replace('/', '-')}-imports`,
  severity: 'error',
  from: { path: `^sfu/src/${folder}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^sfu/src/', pathNot: [`^sfu/src/(${[folder, ...allowed].join('|')})/`, SFU_GROUND] },
});

/** A person's stay in a visit, in the browser, and which of its folders each folder may use. */
const STAY = 'web/src/lib/features/visits/stay';
const STAY_FOLDERS = {
  seat: [],
  encoding: [],
  devices: ['seat'],
  chat: ['seat'],
  measuring: ['seat', 'encoding'],
  sending: ['seat', 'devices', 'encoding'],
  receiving: ['seat', 'encoding', 'measuring'],
  path: ['seat', 'devices', 'encoding', 'measuring', 'sending', 'receiving'],
};
const withinStay = ([folder, allowed]) => ({
  name: `stay-${folder}-imports`,
  severity: 'error',
  from: { path: `^${STAY}/${folder}/` },
  to: { path: `^${STAY}/`, pathNot: `^${STAY}/(${[folder, ...allowed].join('|')})/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    may('contracts-know-nobody', 'contracts', []),
    may('platform-knows-contracts', 'platform', ['contracts']),
    may('prisma-knows-nobody', 'prisma', []),
    may('api-imports', 'api', ['contracts', 'platform', 'prisma']),
    may('signaling-imports', 'signaling', ['contracts', 'platform', NATIVE_ENDS]),
    may('sfu-imports', 'sfu', ['contracts', 'platform']),
    may('pages-know-contracts-only', 'web/src', ['contracts']),
    may('front-door-imports', 'web/server', ['contracts', 'platform']),
    may('browser-tests-import', 'web/e2e', ['contracts', DEMO_ACCOUNTS]),
    may('load-tests-import', 'load-tests', ['contracts', DEMO_ACCOUNTS, CIPHERS]),
    sfuMay('media/pictures', []),
    sfuMay('media/workers', []),
    sfuMay('media/seats', ['media/pictures', 'media/workers']),
    sfuMay('media/news', ['media/pictures', 'media/seats', 'media/workers']),
    sfuMay('media/rooms', ['media/news', 'media/pictures', 'media/seats', 'media/workers']),
    sfuMay('rpc', ['media/rooms']),
    sfuMay('parts', ['media/pictures', 'media/rooms', 'media/seats', 'media/workers', 'rpc']),
    {
      name: 'sfu-ground-knows-nobody',
      severity: 'error',
      from: { path: SFU_GROUND },
      to: { path: '^sfu/src/', pathNot: SFU_GROUND },
    },
    {
      name: 'only-tests-start-processes',
      severity: 'error',
      from: { path: INSIDE, pathNot: ['\\.test\\.ts$', '/testing/', '^web/e2e/', '^load-tests/'] },
      to: { path: '^scripts/' },
    },
    // One test holds the example of the environment to what the processes read.
    may('scripts-import-nobody', 'scripts', [], ['\\.test\\.ts$']),
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
      // Bookings, walk-ins, seats and chat stand on visits.
      name: 'visits-know-no-other-slice',
      severity: 'error',
      from: { path: '^api/src/features/visits/', pathNot: ['\\.test\\.ts$', '/testing/'] },
      to: { path: '^api/src/features/', pathNot: '^api/src/features/visits/' },
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
      to: {
        path: ['^prisma/', 'node_modules/(@prisma|pg)/'],
        pathNot: '^prisma/src/encryption\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
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
      // It tells what is so; pages draw it.
      name: 'stay-knows-no-page',
      severity: 'error',
      from: { path: `^${STAY}/` },
      to: { path: '^web/src/lib/(features|shell|ui)/', pathNot: `^${STAY}/` },
    },
    ...Object.entries(STAY_FOLDERS).map(withinStay),
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
