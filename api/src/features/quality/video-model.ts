/**
 * Picture quality by the opinion model for video telephony of ITU-T G.1070 (06/2018), clause 11.3, with its coefficient
 * set for H.264, VGA, on a 9.2-inch screen (Table B.2, set 5; 400 kbit/s to 2 Mbit/s). Visits are sent as VP8 or VP9,
 * often larger, so this is an estimate made for another codec: good to compare moments with each other, not to judge a
 * visit by.
 *
 * The Recommendation itself was not at hand. Edition, table and all seven coefficients are as public implementations
 * quote them, which agree; the formula is that of those which cite its equations (11-16 to 11-21). The limits of both
 * frame rates and of the best quality are in none of them and stand unverified: they act above 1.9 Mbit/s, above 30
 * frames a second and below one.
 *
 * The model's term for packet loss is left out. Lost video packets are sent again; what stays lost is a frame that
 * is not decoded, and the frame rate that counts here is that of decoded frames.
 */
const V = { v1: 5.517, v2: 1.29e-2, v3: 3.459, v4: 178.53, v5: 1.02, v6: 1.15, v7: 3.55e-4 };
/** The range of frame rates that the model knows. */
const MAX_FRAMES_PER_SECOND = 30;

/**
 * Vq, 1 to 5.
 * @param bitrate - bit/s
 * @param framesPerSecond - decoded
 */
export function opinionOfPicture(bitrate: number, framesPerSecond: number): number {
  const kilobits = bitrate / 1000;
  if (kilobits <= 0 || framesPerSecond <= 0) return 1;
  const frameRate = Math.min(MAX_FRAMES_PER_SECOND, Math.max(1, framesPerSecond));
  const bestFrameRate = Math.min(MAX_FRAMES_PER_SECOND, Math.max(1, V.v1 + V.v2 * kilobits));
  const bestQuality = Math.min(4, Math.max(0, V.v3 - V.v3 / (1 + (kilobits / V.v4) ** V.v5)));
  const tolerance = V.v6 + V.v7 * kilobits;
  const distance = Math.log(frameRate) - Math.log(bestFrameRate);
  return 1 + bestQuality * Math.exp(-(distance ** 2) / (2 * tolerance ** 2));
}
