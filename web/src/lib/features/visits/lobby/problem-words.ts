import { m } from '#lib/paraglide/messages.js';
import type { MediaProblem } from '../session/media-problem.ts';

/** What is missing; `both` where one cause takes both. */
export type MissingMedia = 'camera' | 'microphone' | 'both';

type Titles = Record<MissingMedia, () => string>;

const TITLE: Record<MediaProblem, Titles> = {
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

const MEND: Record<MediaProblem, () => string> = {
  denied: m.visit_problem_denied_mend,
  'denied-by-system': m.visit_problem_system_mend,
  none: m.visit_problem_none_mend,
  'in-use': m.visit_problem_in_use_mend,
  failed: m.visit_problem_failed_mend,
  insecure: m.visit_problem_insecure_mend,
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
  /** What goes on without it. */
  readonly meaning: string;
}

function card(missing: MissingMedia, problem: MediaProblem): ProblemCard {
  return {
    key: `${missing}-${problem}`,
    title: TITLE[problem][missing](),
    mend: MEND[problem](),
    meaning: MEANING[missing](),
  };
}

/** The cards for what is wrong: one where camera and microphone fail for the same reason. */
export function problemCards(problems: {
  camera: MediaProblem | null;
  microphone: MediaProblem | null;
}): ProblemCard[] {
  const { camera, microphone } = problems;
  if (camera && camera === microphone) return [card('both', camera)];
  return [
    ...(microphone ? [card('microphone', microphone)] : []),
    ...(camera ? [card('camera', camera)] : []),
  ];
}
