import type { VisitState } from '@careconnect/contracts';
import type { RequestErrorCode } from '../stay/seat/request-error.ts';
import type { LinkState } from '../stay/seat/ticketed-socket.ts';
import type { VisitStage } from '../stay/visit-stay.svelte.ts';

/** A screen that says why there is no visit here right now, with one way on. */
export type VisitNotice =
  | 'not-found'
  | 'not-yours'
  | 'closed'
  | 'full'
  | 'cancelled'
  | 'no-show'
  | 'elsewhere'
  | 'replaced'
  | 'sent-too-much'
  | 'unreachable'
  | 'no-media'
  | 'signed-out'
  | 'guest-signed-out'
  | 'broken';

export type VisitScreen =
  | { readonly kind: 'notice'; readonly notice: VisitNotice }
  | { readonly kind: 'arriving' | 'lobby' | 'waiting' | 'call' | 'left' | 'over' };

export interface ScreenInputs {
  readonly stage: VisitStage;
  readonly visitState: VisitState;
  readonly link: LinkState;
  readonly refusalCode: RequestErrorCode | null;
  readonly isReplaced: boolean;
  readonly isSignedOut: boolean;
  /** Here without an account, so there is nothing to sign in to. */
  readonly isGuest: boolean;
  readonly canDoMedia: boolean | null;
  /** The person has chosen to go on without sound and picture. */
  readonly acceptsWordsOnly: boolean;
  /** The first connection takes longer than anyone should look at a blank page. */
  readonly isLate: boolean;
  /** They were in the room a moment ago and go straight back in. */
  readonly isReturning: boolean;
}

/** The one screen that answers "what should I do now?". */
export function chooseScreen(inputs: ScreenInputs): VisitScreen {
  const notice = chooseNotice(inputs);
  if (notice === 'signed-out' && inputs.isGuest) return { kind: 'notice', notice: 'guest-signed-out' };
  if (notice) return { kind: 'notice', notice };
  const { stage } = inputs;
  if (inputs.link === 'refused' && stage !== 'left') return { kind: 'over' };
  if (stage === 'in_room') return { kind: 'call' };
  // The preview is useful before the server has answered; who returns does not need it.
  if (stage === 'arriving' || stage === 'lobby') return { kind: inputs.isReturning ? 'arriving' : 'lobby' };
  return { kind: stage };
}

function chooseNotice(inputs: ScreenInputs): VisitNotice | null {
  const { stage, visitState, refusalCode } = inputs;
  if (visitState === 'cancelled') return 'cancelled';
  if (visitState === 'no_show') return 'no-show';
  if (stage === 'over' || stage === 'left') return null;
  if (inputs.isSignedOut) return 'signed-out';
  if (inputs.isReplaced) return 'replaced';
  if (inputs.canDoMedia === false && !inputs.acceptsWordsOnly) return 'no-media';
  if (inputs.link === 'refused' && refusalCode !== null) return noticeOf(refusalCode);
  if (stage === 'arriving' && inputs.isLate) return 'unreachable';
  return null;
}

/** The screen for a refusal of the server; null for a visit that is over, which has a record. */
export function noticeOf(code: RequestErrorCode): VisitNotice | null {
  switch (code) {
    case 'VISIT_OVER':
      return null;
    case 'VISIT_NOT_FOUND':
    case 'NOT_FOUND':
    case 'VALIDATION_FAILED':
      return 'not-found';
    case 'VISIT_NOT_YOURS':
    case 'FORBIDDEN':
      return 'not-yours';
    case 'CARE_RELATION_NEEDED':
      return 'closed';
    case 'VISIT_FULL':
      return 'full';
    case 'SEAT_TAKEN':
      return 'elsewhere';
    case 'SENT_TOO_MUCH':
      return 'sent-too-much';
    case 'UNAUTHENTICATED':
    case 'SESSION_EXPIRED':
    case 'INVALID_CREDENTIALS':
      return 'signed-out';
    case 'UNREACHABLE':
    case 'TIMED_OUT':
    case 'DISCONNECTED':
    case 'UPSTREAM_UNAVAILABLE':
    case 'MEDIA_UNAVAILABLE':
      return 'unreachable';
    default:
      return 'broken';
  }
}
