import { ACTING_HEADER, ACTING_QUERY } from '@careconnect/contracts';
import type { Access, EndpointContract, OrganizationId } from '@careconnect/contracts';
import { AppError, networkOf } from '@careconnect/platform';
import type { Request } from 'express';
import type { Acting } from './acting.ts';
import type { Actor } from './actor.ts';
import type { Authentication, SignedInRequest } from './authentication.ts';
import type { ServiceAuthentication } from './service-authentication.ts';
import { sessionErrors } from './session-errors.ts';
import type { ActorContext, PublicContext, RequestContext, ServiceContext } from './request-context.ts';

export interface AuthorizeDeps {
  readonly authentication: Authentication;
  readonly serviceAuthentication: ServiceAuthentication;
  readonly acting: Acting;
}

export interface Admitted {
  readonly context: ActorContext | PublicContext | ServiceContext;
  /**
   * Whose rows there are from here on. Null where that is wider than a tenant: for strangers, whoever is signed in
   * besides, and for our own processes.
   */
  readonly tenant: OrganizationId | null;
  /** Whose requests are counted together. */
  readonly limitKey: string;
}

/** The parts of a contract that say who is let in and how they are counted. */
export type Entry = Pick<
  EndpointContract,
  | 'access'
  | 'limit'
  | 'needsConfirmation'
  | 'beforeSecondFactor'
  | 'isAboutPerson'
  | 'inSsoSession'
  | 'duringSuspension'
  | 'forDependants'
>;

export type Authorize = (entry: Entry, request: Request, base: RequestContext) => Promise<Admitted>;

/** Lets a request in as far as its endpoint's access says; the policy of the feature then decides about the row. */
export function createAuthorize({ authentication, serviceAuthentication, acting }: AuthorizeDeps): Authorize {
  async function asPublic({ limit }: Entry, request: Request, base: RequestContext): Promise<Admitted> {
    const signedIn = await authentication.signedIn(request.headers, base).catch(ignoreRefusal);
    // On a public endpoint a stale or forged session counts for nothing, rather than standing in the way.
    const actor =
      signedIn && authentication.isFromOurPage(request.method, signedIn, base) ? signedIn.actor : null;
    // Whoever is signed in reads on when somebody else on their network has read too much.
    const isCountedAlone = actor !== null && limit === 'publicRead';
    return {
      context: { ...base, actor },
      tenant: null,
      limitKey: isCountedAlone ? actor.sessionId : networkOf(base.ip),
    };
  }

  async function asMember(
    access: Extract<Access, { kind: 'roles' }>,
    entry: Entry,
    request: Request,
    base: RequestContext,
  ): Promise<Admitted> {
    const signedIn = await authentication.signedIn(request.headers, base);
    if (!signedIn) throw sessionErrors.notSignedIn();
    if (!authentication.isFromOurPage(request.method, signedIn, base)) {
      throw sessionErrors.notFromOurPage();
    }
    const { actor } = signedIn;
    if (!access.roles.includes(actor.role)) {
      throw sessionErrors.notAllowed();
    }
    if (actor.isOrganizationSuspended && !entry.duringSuspension) throw sessionErrors.organizationSuspended();
    if (actor.mustSetUpSecondFactor && !entry.beforeSecondFactor) throw sessionErrors.secondFactorNeeded();
    if (!maySeeTo(entry, actor)) throw sessionErrors.ownSignInNeeded();
    if (entry.needsConfirmation && !(await authentication.isConfirmed(actor))) {
      throw sessionErrors.confirmationNeeded();
    }
    const tenant = entry.isAboutPerson ? null : actor.organizationId;
    const limitKey = entry.limit === 'ownData' ? actor.userId : actor.sessionId;
    return { context: { ...base, actor: await inPlace(entry, actor, request, base) }, tenant, limitKey };
  }

  /** Who names a patient to act for does so in that one's place, where the endpoint is open to it. */
  async function inPlace(
    { forDependants: scope }: Entry,
    actor: Actor,
    request: Request,
    { requestId }: RequestContext,
  ): Promise<Actor> {
    const patientId = request.headers[ACTING_HEADER] ?? (scope && request.query[ACTING_QUERY]);
    if (patientId === undefined) return actor;
    if (scope === undefined) throw sessionErrors.notAllowed();
    return acting.inPlaceOf({ actor, patientId, scope, requestId });
  }

  async function asService(request: Request, base: RequestContext): Promise<Admitted> {
    const service = await serviceAuthentication.require(request.headers);
    return { context: { ...base, service }, tenant: null, limitKey: `service:${service}` };
  }

  return (entry, request, base) => {
    const { access } = entry;
    switch (access.kind) {
      case 'public':
        return asPublic(entry, request, base);
      case 'roles':
        return asMember(access, entry, request, base);
      case 'service':
        return asService(request, base);
    }
  };
}

/**
 * An account is good in all organizations of its person, and the identity provider of one of them is in that one's hands:
 * who comes in by its word does not get at what opens the others.
 */
function maySeeTo({ isAboutPerson, inSsoSession }: Entry, { isBySso, isMadeBySso }: Actor): boolean {
  if (!isAboutPerson || !isBySso) return true;
  return inSsoSession === 'always' || (inSsoSession === 'madeBySso' && isMadeBySso);
}

function ignoreRefusal(error: unknown): SignedInRequest | null {
  if (error instanceof AppError) return null;
  throw error;
}
