import { connect } from 'node:net';
import { Failure } from './failure.mjs';

const EXAMPLE = 'postgresql://user:password@host:5432/careconnect';

/**
 * The PostgreSQL that somebody has named, or null: then there is the embedded one.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {URL | null}
 */
export function readDatabaseUrl(env = process.env) {
  const given = env['DATABASE_URL'];
  if (!given) return null;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url && ['postgres:', 'postgresql:'].includes(url.protocol) && hostOf(url)) return url;
  throw new Failure('DATABASE_URL is not the address of a PostgreSQL.', {
    mend: `write it like ${EXAMPLE}, or unset it to use the embedded one`,
  });
}

/**
 * Where it listens, in words: a host, or the folder of its socket.
 * @param {URL} url
 */
export function databasePlace(url) {
  return `${hostOf(url)}:${portOf(url)}`;
}

/**
 * Whether anything listens there.
 * @param {URL} url
 * @returns {Promise<boolean>}
 */
export function answers(url) {
  const [host, port] = [hostOf(url), portOf(url)];
  const place = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
  return new Promise((resolve) => {
    const socket = connect({ ...place, timeout: 3_000 });
    const say = (/** @type {boolean} */ isThere) => () => {
      resolve(isThere);
      socket.destroy();
    };
    socket.once('connect', say(true)).once('timeout', say(false)).once('error', say(false));
  });
}

/** @param {URL} url */
export async function requireAnswer(url) {
  if (await answers(url)) return;
  throw new Failure(`The PostgreSQL that DATABASE_URL names (${databasePlace(url)}) does not answer.`, {
    mend: 'start it, correct DATABASE_URL, or unset it to use the embedded one',
  });
}

/**
 * As libpq reads it: a parameter of the address comes first, and a host that is a path is the folder of a socket.
 * @param {URL} url
 */
function hostOf({ hostname, searchParams }) {
  return searchParams.get('host') || decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1');
}

/** @param {URL} url */
function portOf({ port, searchParams }) {
  return Number(searchParams.get('port') || port || 5432);
}
