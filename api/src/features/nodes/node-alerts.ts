import type { NodeAlert } from '@careconnect/contracts';
import type { AlertRules } from '../../core/alert-rules.ts';
import { lastOf, presenceOf, type NodePast } from './node.ts';

export function nodeAlerts(pasts: readonly NodePast[], rules: AlertRules, now: Date): NodeAlert[] {
  return [
    ...withoutWorkers(pasts, now),
    ...pasts.flatMap((past) => {
      const presence = presenceOf(lastOf(past), now);
      if (presence === 'left') return [];
      if (presence === 'silent') return [silence(past)];
      return [...lateFacts(past, rules), ...busyWorkers(past, rules)];
    }),
  ];
}

function silence(past: NodePast): NodeAlert {
  const { heardAt, load } = lastOf(past);
  return { kind: 'node-silent', since: heardAt.toISOString(), node: load.node };
}

/** Nobody new can be heard or seen. */
function withoutWorkers(pasts: readonly NodePast[], now: Date): NodeAlert[] {
  const media = pasts.filter((past) => past[0].load.kind === 'sfu');
  if (media.some((past) => presenceOf(lastOf(past), now) === 'up' && hasWorker(lastOf(past)))) return [];
  const lastSeen = media.flatMap((past) => past.filter(hasWorker).map(({ heardAt }) => heardAt.getTime()));
  const since = lastSeen.length > 0 ? new Date(Math.max(...lastSeen)).toISOString() : null;
  return [{ kind: 'no-media-worker', since }];
}

function hasWorker({ load }: NodePast[0]): boolean {
  return load.kind === 'sfu' && load.workers.length > 0;
}

function lateFacts(past: NodePast, { factsLateMs }: AlertRules): NodeAlert[] {
  const { heardAt, load } = lastOf(past);
  if (load.kind !== 'signaling' || load.oldestFactMs < factsLateMs) return [];
  const since = new Date(heardAt.getTime() - load.oldestFactMs).toISOString();
  return [{ kind: 'facts-late', since, node: load.node }];
}

/** Those that were above the limit in every report for so long. */
function busyWorkers(past: NodePast, { workerCpuShare, workerBusyMs }: AlertRules): NodeAlert[] {
  const { heardAt, load } = lastOf(past);
  if (load.kind !== 'sfu') return [];
  return load.workers.flatMap(({ index }) => {
    const isBusy = ({ load: then }: NodePast[0]): boolean =>
      then.kind === 'sfu' &&
      then.workers.some((worker) => worker.index === index && worker.cpuShare > workerCpuShare);
    const since = past[past.findLastIndex((moment) => !isBusy(moment)) + 1]?.heardAt;
    if (!since || heardAt.getTime() - since.getTime() < workerBusyMs) return [];
    return [{ kind: 'worker-busy', since: since.toISOString(), node: load.node, worker: index }];
  });
}
