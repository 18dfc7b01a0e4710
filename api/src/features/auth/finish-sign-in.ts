import type { FinishSignIn } from '../../core/finish-sign-in.ts';
import type { SecondStepService } from './second-step.service.ts';
import type { SessionService } from './session.service.ts';

export interface FinishSignInDeps {
  readonly secondStep: Pick<SecondStepService, 'ask'>;
  readonly sessions: Pick<SessionService, 'open'>;
}

export function createFinishSignIn({ secondStep, sessions }: FinishSignInDeps): FinishSignIn {
  return async ({ by, hasSecondStep, requestId, ...person }) => {
    const { userId, organizationId } = person;
    const asked = hasSecondStep ? null : await secondStep.ask({ userId, organizationId }, by);
    if (asked) return { kind: 'secondFactor', ...asked };
    const methods = hasSecondStep ? ([by, 'ssoFactor'] as const) : [by];
    return { kind: 'signedIn', ...(await sessions.open({ ...person, isGuest: false, methods }, requestId)) };
  };
}
