/** How much a crash may lose: nothing (`full`), or everything (`none`, for throwaway test data). */
export type Durability = 'full' | 'none';

const ONLY_THIS_MACHINE = { listen_addresses: '127.0.0.1', unix_socket_directories: '' };

const COMMON = {
  ...ONLY_THIS_MACHINE,
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '200',
  shared_buffers: '128MB',
  // Loads before any migration may create the extension.
  shared_preload_libraries: 'pg_stat_statements',
};

const THROWAWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum_naptime: '1h',
};

/** Command-line flags, so that a change here reaches clusters that already exist. */
export function serverFlags(durability: Durability): string[] {
  const settings = durability === 'none' ? { ...COMMON, ...THROWAWAY } : COMMON;
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
