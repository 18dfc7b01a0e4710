import { debianProgram } from './debian-program.mjs';

/** A voice that speaks a text, for whoever measures how well people understand each other. */
export const { provide: provideEspeak } = debianProgram({
  name: 'espeak-ng',
  package: 'espeak-ng',
  program: 'espeak-ng',
  variable: 'ESPEAK_BIN',
  systemPaths: ['/usr/bin/espeak-ng', '/usr/local/bin/espeak-ng'],
  why: 'the voices that a call is measured with',
});
