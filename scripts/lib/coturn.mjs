import { debianProgram } from './debian-program.mjs';

/** The TURN server that tests relay through. */
export const { present: presentCoturn, provide: provideCoturn } = debianProgram({
  name: 'coturn',
  package: 'coturn',
  program: 'turnserver',
  variable: 'TURNSERVER_BIN',
  systemPaths: ['/usr/bin/turnserver', '/usr/local/bin/turnserver'],
  why: 'the tests of relays',
});
