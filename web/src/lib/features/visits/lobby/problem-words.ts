import { m } from '#lib/paraglide/messages.js';
import type { MediaProblem } from '../stay/devices/media-problem.ts';
import { recogniseDevice, type BrowserFamily, type PersonsDevice } from './browser-family.ts';

/** What is missing; `both` where one cause takes both. */
export type MissingMedia = 'camera' | 'microphone' | 'both';

type Titles = Record<MissingMedia, () => string>;

const TITLE: Record<Exclude<MediaProblem, 'interrupted'>, Titles> = {
  denied: {
    camera: m.visit_problem_denied_camera,
    microphone: m.visit_problem_denied_microphone,
    both: m.visit_problem_denied_both,
  },
  'denied-by-system': {
    camera: m.visit_problem_system_camera,
    microphone: m.visit_problem_system_microphone,
    both: m.visit_problem_system_both,
  },
  none: {
    camera: m.visit_problem_none_camera,
    microphone: m.visit_problem_none_microphone,
    both: m.visit_problem_none_both,
  },
  'in-use': {
    camera: m.visit_problem_in_use_camera,
    microphone: m.visit_problem_in_use_microphone,
    both: m.visit_problem_in_use_both,
  },
  failed: {
    camera: m.visit_problem_failed_camera,
    microphone: m.visit_problem_failed_microphone,
    both: m.visit_problem_failed_both,
  },
  insecure: {
    camera: m.visit_problem_insecure_camera,
    microphone: m.visit_problem_insecure_microphone,
    both: m.visit_problem_insecure_both,
  },
};

const MEND: Record<Exclude<MediaProblem, 'denied' | 'interrupted'>, () => string> = {
  'denied-by-system': m.visit_problem_system_mend,
  none: m.visit_problem_none_mend,
  'in-use': m.visit_problem_in_use_mend,
  failed: m.visit_problem_failed_mend,
  insecure: m.visit_problem_insecure_mend,
};

const ALLOW_AGAIN: Record<BrowserFamily, () => string> = {
  chromium: m.visit_problem_denied_mend,
  firefox: m.visit_problem_denied_mend_firefox,
  safari: m.visit_problem_denied_mend_safari,
  'ios-safari': m.visit_problem_denied_mend_ios_safari,
  ios: m.visit_problem_system_mend,
};

/** What silences a device is the phone itself, or something at a computer that can be found. */
const INTERRUPTED: Record<'handheld' | 'computer', { title: Titles; mend: Titles }> = {
  handheld: {
    title: {
      camera: m.visit_problem_interrupted_camera_handheld,
      microphone: m.visit_problem_interrupted_microphone_handheld,
      both: m.visit_problem_interrupted_both_handheld,
    },
    mend: {
      camera: m.visit_problem_interrupted_mend_camera_handheld,
      microphone: m.visit_problem_interrupted_mend_microphone_handheld,
      both: m.visit_problem_interrupted_mend_both_handheld,
    },
  },
  computer: {
    title: {
      camera: m.visit_problem_interrupted_camera,
      microphone: m.visit_problem_interrupted_microphone,
      both: m.visit_problem_interrupted_both,
    },
    mend: {
      camera: m.visit_problem_interrupted_mend,
      microphone: m.visit_problem_interrupted_mend,
      both: m.visit_problem_interrupted_mend,
    },
  },
};

const MEANING: Titles = {
  camera: m.visit_problem_means_camera,
  microphone: m.visit_problem_means_microphone,
  both: m.visit_problem_means_both,
};

export interface ProblemCard {
  readonly key: string;
  readonly title: string;
  /** The one thing to do. */
  readonly mend: string;
  /** There is nothing to do but wait. */
  readonly passes: boolean;
  /** What goes on without it. */
  readonly meaning: string;
}

function card(missing: MissingMedia, problem: MediaProblem, device: PersonsDevice): ProblemCard {
  return {
    key: `${missing}-${problem}`,
    passes: problem === 'interrupted' && device.isHandheld,
    ...titleAndMend(missing, problem, device),
    meaning: MEANING[missing](),
  };
}

function titleAndMend(
  missing: MissingMedia,
  problem: MediaProblem,
  { browser, isHandheld }: PersonsDevice,
): Pick<ProblemCard, 'title' | 'mend'> {
  if (problem === 'interrupted') {
    const { title, mend } = INTERRUPTED[isHandheld ? 'handheld' : 'computer'];
    return { title: title[missing](), mend: mend[missing]() };
  }
  const mend = problem === 'denied' ? ALLOW_AGAIN[browser] : MEND[problem];
  return { title: TITLE[problem][missing](), mend: mend() };
}

/** The cards for what is wrong: one where camera and microphone fail for the same reason. */
export function problemCards(
  { camera, microphone }: Readonly<Record<'camera' | 'microphone', MediaProblem | null>>,
  device: PersonsDevice = recogniseDevice(navigator),
): ProblemCard[] {
  if (camera && camera === microphone) return [card('both', camera, device)];
  return [
    ...(microphone ? [card('microphone', microphone, device)] : []),
    ...(camera ? [card('camera', camera, device)] : []),
  ];
}
