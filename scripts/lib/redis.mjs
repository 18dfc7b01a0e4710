import { debianProgram } from './debian-program.mjs';

/** What several nodes share in tests. */
export const { present: presentRedis, provide: provideRedis } = debianProgram({
  name: 'redis',
  package: 'redis-server',
  program: 'redis-server',
  variable: 'REDIS_SERVER_BIN',
  systemPaths: ['/usr/bin/redis-server', '/usr/local/bin/redis-server'],
  why: 'the tests of several nodes',
});
