import { classifyMediaError, type MediaProblem } from './media-problem.ts';

export type CaptureSource = 'camera' | 'microphone';

/** A running track, or why there is none. */
export type Captured =
  | { readonly track: MediaStreamTrack; readonly problem: null }
  | { readonly track: null; readonly problem: MediaProblem };

export type CaptureChoice = Partial<Record<CaptureSource, string>>;

function cameraConstraints(deviceId: string | undefined): MediaTrackConstraints {
  return {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30, max: 30 },
    ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: 'user' } }),
  };
}

function microphoneConstraints(deviceId: string | undefined): MediaTrackConstraints {
  return {
    echoCancellation: { ideal: true },
    noiseSuppression: { ideal: true },
    autoGainControl: { ideal: true },
    channelCount: { ideal: 1 },
    ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
  };
}

/**
 * Opens camera and microphone with one question to the person. Where that fails, each is tried
 * alone, so that one broken device does not take the other with it.
 */
export async function captureBoth(choice: CaptureChoice): Promise<Record<CaptureSource, Captured>> {
  if (!hasMediaDevices()) return { camera: refused('insecure'), microphone: refused('insecure') };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: cameraConstraints(choice.camera),
      audio: microphoneConstraints(choice.microphone),
    });
    return {
      camera: captured(stream.getVideoTracks()[0]),
      microphone: captured(stream.getAudioTracks()[0]),
    };
  } catch {
    const microphone = await capture('microphone', choice.microphone);
    const camera = await capture('camera', choice.camera);
    return { camera, microphone };
  }
}

/**
 * Opens one device: the one that was chosen or, where that is not plugged in, whichever there is.
 * Never throws: a refusal is an outcome.
 */
export async function capture(source: CaptureSource, deviceId?: string): Promise<Captured> {
  if (!hasMediaDevices()) return refused('insecure');
  try {
    const stream = await navigator.mediaDevices.getUserMedia(
      source === 'camera'
        ? { video: cameraConstraints(deviceId) }
        : { audio: microphoneConstraints(deviceId) },
    );
    return captured(stream.getTracks()[0]);
  } catch (error) {
    const problem = classifyMediaError(error);
    return problem === 'none' && deviceId ? capture(source) : refused(problem);
  }
}

// Absent on pages that were not opened over HTTPS, though the types say otherwise.
function hasMediaDevices(): boolean {
  return typeof (navigator.mediaDevices as MediaDevices | undefined)?.getUserMedia === 'function';
}

function captured(track: MediaStreamTrack | undefined): Captured {
  return track ? { track, problem: null } : refused('none');
}

function refused(problem: MediaProblem): Captured {
  return { track: null, problem };
}
