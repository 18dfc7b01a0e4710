import type { QualityGrade, QualityProblem } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';
import { displayLocale } from '#lib/time/format.ts';
import type { Tone } from '#lib/ui/badge.svelte';

interface GradeWords {
  readonly tone: Tone;
  readonly title: () => string;
  readonly text: () => string;
}

export const GRADE_WORDS: Readonly<Record<QualityGrade, GradeWords>> = {
  'exam-grade': { tone: 'good', title: m.quality_grade_exam, text: m.quality_grade_exam_text },
  'audio-only': { tone: 'attention', title: m.quality_grade_audio, text: m.quality_grade_audio_text },
  inadequate: { tone: 'attention', title: m.quality_grade_inadequate, text: m.quality_grade_inadequate_text },
  unknown: { tone: 'neutral', title: m.quality_grade_unknown, text: m.quality_grade_unknown_text },
};

export const PROBLEM_WORDS: Readonly<Record<QualityProblem, () => string>> = {
  'no-sound': m.quality_problem_no_sound,
  'audio-concealed': m.quality_problem_audio_concealed,
  delay: m.quality_problem_delay,
  'no-picture': m.quality_problem_no_picture,
  'video-too-coarse': m.quality_problem_video_too_coarse,
  'video-too-slow': m.quality_problem_video_too_slow,
  freezes: m.quality_problem_freezes,
};

/** A share as people say it: whole percents, and nothing that has happened is 0 %. */
export function percent(share: number): string {
  const format = new Intl.NumberFormat(displayLocale(), { style: 'percent', maximumFractionDigits: 0 });
  return format.format(share > 0 ? Math.max(0.01, share) : 0);
}

/** With one decimal, as scores and seconds are told. */
export function oneDecimal(value: number): string {
  return new Intl.NumberFormat(displayLocale(), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(value);
}
