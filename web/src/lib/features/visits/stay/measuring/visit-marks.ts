/** The steps of a join, in order. `performance.getEntriesByName('visit:welcome')` reads one. */
export type VisitStep =
  'click-join' | 'welcome' | 'transports-ready' | 'join-ack' | 'consumers-ready' | 'first-frame';

/** Marks the first time a step of this join happens; `click-join` begins a new one. */
export function markVisitStep(step: VisitStep): void {
  const name = `visit:${step}`;
  if (step === 'click-join') {
    for (const later of ['join-ack', 'consumers-ready', 'first-frame']) {
      performance.clearMarks(`visit:${later}`);
    }
    performance.clearMarks(name);
  }
  if (performance.getEntriesByName(name, 'mark').length > 0) return;
  performance.mark(name);
  if (step === 'first-frame') measureJoin();
}

function measureJoin(): void {
  if (performance.getEntriesByName('visit:click-join', 'mark').length === 0) return;
  performance.clearMeasures('visit:join');
  performance.measure('visit:join', 'visit:click-join', 'visit:first-frame');
}
