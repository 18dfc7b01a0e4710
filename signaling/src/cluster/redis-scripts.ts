/** Each is one step for everybody who looks on: Redis runs a script as a whole. */

/**
 * KEYS: the visit's home, the lease of this process. ARGV: this process, its address, the prefix of leases, how long a
 * home is kept in ms. Answers [process, url] of another that serves the visit, nothing when it is ours from now on,
 * and with an error when our own lease has lapsed, for then others may have taken what we had.
 */
export const CLAIM = `
if redis.call('EXISTS', KEYS[2]) == 0 then return redis.error_reply('LAPSED') end
local home = redis.call('GET', KEYS[1])
if home and home ~= ARGV[1] then
  local url = redis.call('GET', ARGV[3] .. home)
  if url and url ~= ARGV[2] then return { home, url } end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[4])
return false`;

/** KEYS: the visit's home. ARGV: the prefix of leases. Answers [process, url] of whoever serves the visit. */
export const FIND = `
local home = redis.call('GET', KEYS[1])
local url = home and redis.call('GET', ARGV[1] .. home)
if url then return { home, url } end
return false`;

/** KEYS: the visit's home. ARGV: this process. */
export const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return false`;
