/**
 * Speech quality by the E-model of ITU-T G.107 (06/2015), which adds up what impairs a conversation on a scale R
 * from 0 to 100. All of its parameters have the default values of G.107, but for:
 *
 * - echo: browsers cancel it, so of the delay impairments only Idd is counted;
 * - the codec: ITU-T G.113 (11/2007), Appendix I, has no value for Opus. Its row for G.711 with packet loss
 *   concealment is used (Ie = 0, Bpl = 25.1), because what is counted here as lost is what the browser says that it
 *   has concealed. The estimate is therefore one of narrowband telephony.
 *
 * The Recommendations themselves were not at hand. Formulas and values are as public implementations quote them, with
 * the clauses of G.107 (06/2015) and Appendix I of G.113, and they agree; on which table of that appendix the row of
 * G.711 stands in, they do not.
 */

/** R of a connection that nothing impairs, all parameters at their defaults (G.107, 7.7). */
const RATING_UNIMPAIRED = 93.2;
/** G.107, 7.4: below this delay nobody notices (mT), with the default sensitivity (sT = 1). */
const DELAY_UNNOTICED_MS = 100;
const DELAY_SENSITIVITY = 1;
const CODEC_IMPAIRMENT = 0;
const LOSS_ROBUSTNESS = 25.1;

/** G.107, Annex B, Table B.1: below 60 nearly all users are dissatisfied. */
export const RATING_ADEQUATE = 60;

export interface SpeechRating {
  /** R, 0 to 100. */
  readonly rating: number;
  readonly delayImpairment: number;
  readonly lossImpairment: number;
}

/**
 * R = Ro − Is − Id − Ie,eff + A (G.107, 7.1), the first two and A at their defaults.
 * @param delayMs - one way from mouth to ear
 * @param lossShare - of the sound that is played, 0 to 1
 */
export function rateSpeech(delayMs: number, lossShare: number): SpeechRating {
  const delayImpairment = impairmentOfDelay(delayMs);
  const lossImpairment = impairmentOfLoss(lossShare);
  const rating = Math.max(0, RATING_UNIMPAIRED - delayImpairment - lossImpairment);
  return { rating, delayImpairment, lossImpairment };
}

/** Idd (G.107, 7.4). */
export function impairmentOfDelay(delayMs: number): number {
  if (delayMs <= DELAY_UNNOTICED_MS) return 0;
  const x = Math.log2(delayMs / DELAY_UNNOTICED_MS);
  const power = 6 * DELAY_SENSITIVITY;
  return 25 * ((1 + x ** power) ** (1 / power) - 3 * (1 + (x / 3) ** power) ** (1 / power) + 2);
}

/** Ie,eff (G.107, 7.5) for random loss, that is with BurstR = 1, the default. */
export function impairmentOfLoss(lossShare: number): number {
  const percent = 100 * lossShare;
  return CODEC_IMPAIRMENT + ((95 - CODEC_IMPAIRMENT) * percent) / (percent + LOSS_ROBUSTNESS);
}

/** The mean opinion that people would have of it, 1 to 4.5 (MOS-CQE; G.107, Annex B, B-4). */
export function opinionOf(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  // Between 0 and 6.5 the polynomial dips below the scale.
  return Math.max(1, 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating));
}
