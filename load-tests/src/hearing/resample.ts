import type { Sound } from './wav.ts';

/** Zero crossings of the filter on each side: more would be sharper than a measure of speech needs. */
const CROSSINGS = 16;
/** Of the new rate's half, so that the filter's slope ends before it. */
const PASS_BAND = 0.9;

/** The same sound at another rate, by a Hann-windowed sinc that keeps what lies above out. */
export function resample({ samples, hertz }: Sound, wanted: number): Float64Array {
  const cutoff = (PASS_BAND * Math.min(1, wanted / hertz)) / 2; // cycles per given sample
  const reach = CROSSINGS / (2 * cutoff);
  return Float64Array.from({ length: Math.floor((samples.length * wanted) / hertz) }, (_, index) => {
    const centre = (index * hertz) / wanted;
    let sum = 0;
    for (
      let at = Math.max(0, Math.ceil(centre - reach));
      at <= Math.min(samples.length - 1, centre + reach);
      at++
    )
      sum += (samples[at] ?? 0) * weight(at - centre, cutoff, reach);
    return sum;
  });
}

function weight(distance: number, cutoff: number, reach: number): number {
  const angle = 2 * Math.PI * cutoff * distance;
  const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
  return 2 * cutoff * sinc * (0.5 + 0.5 * Math.cos((Math.PI * distance) / reach));
}
