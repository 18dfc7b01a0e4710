/** Whether a device sends and shows VP9 without effort. In doubt it does not: VP8 does for everyone. */
export interface Vp9Fitness {
  readonly encodes: boolean;
  readonly decodes: boolean;
}

/** What a browser says of the device that it runs on. */
export interface DeviceFacts {
  /** As mediasoup-client calls what it has found: the only browsers that send several sizes in one stream. */
  readonly isChromium: boolean;
  readonly cores: number;
  readonly isPhone: boolean;
  readonly mediaCapabilities: Pick<MediaCapabilities, 'encodingInfo' | 'decodingInfo'> | undefined;
}

/**
 * libwebrtc encodes 720 lines of VP9 in four threads where there are more cores than these, and in fewer elsewhere
 * (`LibvpxVp9Encoder::NumberOfThreads`). What it costs beside VP8 has been measured: `docs/adr/0012`.
 */
const FEW_CORES = 4;
/** A browser that does not answer soon is one in doubt: nobody waits for it at the door. */
const ANSWER_MS = 300;

const NONE: Vp9Fitness = { encodes: false, decodes: false };
const VIDEO = { contentType: 'video/VP9', width: 1280, height: 720, framerate: 30, bitrate: 1_500_000 };
/** DOM's types do not have the last one yet. */
const LAYERED = { ...VIDEO, spatialScalability: true };

/**
 * Asks the browser (https://www.w3.org/TR/media-capabilities/). Chromium calls everything smooth of which it has no
 * memory of the contrary, on two cores too, so what is done in software must have cores to spare; a phone has hardware
 * for it or does without, for its cores are many and small.
 */
export async function judgeVp9({
  isChromium,
  cores,
  isPhone,
  mediaCapabilities,
}: DeviceFacts): Promise<Vp9Fitness> {
  if (!isChromium || !mediaCapabilities || cores <= FEW_CORES) return NONE;
  const isFit = ({ supported, smooth, powerEfficient }: MediaCapabilitiesInfo): boolean =>
    supported && smooth && (powerEfficient || !isPhone);
  try {
    const encoding = mediaCapabilities.encodingInfo({
      type: 'webrtc',
      video: { ...VIDEO, scalabilityMode: 'L3T3_KEY' },
    });
    const decoding = mediaCapabilities.decodingInfo({ type: 'webrtc', video: LAYERED });
    const answers = await Promise.race([Promise.all([encoding, decoding]), silence()]);
    return answers ? { encodes: isFit(answers[0]), decodes: isFit(answers[1]) } : NONE;
  } catch {
    // A browser that does not know the question.
    return NONE;
  }
}

function silence(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ANSWER_MS));
}
