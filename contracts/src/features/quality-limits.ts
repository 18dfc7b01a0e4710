/** From where on what was measured counts as trouble: grades are made with these, and charts draw them. */

/** ITU-T G.107, Annex B, Table B.1: below R = 60, which is this opinion, nearly all users are dissatisfied. */
export const SOUND_MOS_MIN = 3.1;
/**
 * Share of the sound that was made up at which R is 60 where nobody notices a delay (G.107, 7.5, with the row of ITU-T
 * G.113, Appendix I, that grades are made with).
 */
export const CONCEALED_SHARE_MAX = 0.1348;
/** ITU-T G.114 (05/2003), 4: the limit of one-way delay in planning; beyond it conversation breaks down. */
export const DELAY_MAX_MS = 400;
/**
 * American Telemedicine Association, Core Operational Guidelines for Telehealth Services Involving Provider-Patient
 * Interactions (May 2014), "Connectivity for Real-Time Interactive Encounters": at least 640 × 480 at 30 frames a
 * second, fewer as the health professional determines.
 */
export const PICTURE_MIN = { long: 640, short: 480 };
/** How few of them at the least: Maryland, COMAR 10.09.49.07 B(3), technical requirements of telehealth. */
export const FRAMES_PER_SECOND_MIN = 15;
