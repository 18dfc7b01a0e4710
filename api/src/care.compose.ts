import { randomUUID } from 'node:crypto';
import { createReachRepository } from './core/reach.repository.ts';
import { createAuditTrail } from './core/audit-trail.repository.ts';
import type { BoundEndpoint } from './core/bind-endpoint.ts';
import type { ChartAccess } from './core/chart-access.ts';
import type { Core } from './core/core.ts';
import { bindAppointmentEndpoints } from './features/appointments/appointment.routes.ts';
import { createAppointmentRepository } from './features/appointments/appointment.repository.ts';
import { createAppointmentService } from './features/appointments/appointment.service.ts';
import { createAttachmentContent } from './features/attachments/attachment-content.ts';
import { createAttachmentInspection } from './features/attachments/attachment-inspection.ts';
import { createAttachmentIntake } from './features/attachments/attachment-intake.ts';
import { createFileKeeping } from './features/attachments/file-keeping.ts';
import { createFileContents } from './features/attachments/file-content.ts';
import { createStoredFileRepository } from './features/attachments/stored-file.repository.ts';
import { createAttachmentRepository } from './features/attachments/attachment.repository.ts';
import { bindAttachmentEndpoints } from './features/attachments/attachment.routes.ts';
import { createAttachmentService } from './features/attachments/attachment.service.ts';
import { createAttachmentSweep } from './features/attachments/attachment-sweep.ts';
import { createBookingRepository } from './features/appointments/booking.repository.ts';
import { createBookingService } from './features/appointments/booking.service.ts';
import { createChatRepository } from './features/chat/chat.repository.ts';
import { createChatService } from './features/chat/chat.service.ts';
import { createCalendarRepository } from './features/providers/calendar.repository.ts';
import { createProviderRepository } from './features/providers/provider.repository.ts';
import { bindProviderEndpoints } from './features/providers/provider.routes.ts';
import { createProviderService } from './features/providers/provider.service.ts';
import { createQualityRepository } from './features/quality/quality.repository.ts';
import { bindQualityEndpoints } from './features/quality/quality.routes.ts';
import { createQualityService } from './features/quality/quality.service.ts';
import { createQualityWatchRepository } from './features/quality/quality-watch.repository.ts';
import { bindQualityWatchEndpoints } from './features/quality/quality-watch.routes.ts';
import { createQualityWatchService } from './features/quality/quality-watch.service.ts';
import { createWatchMetrics } from './features/quality/watch-metrics.ts';
import { createZoneClock } from './core/zone-clock.ts';
import { createFactsRepository } from './features/seats/facts.repository.ts';
import { createFactsService } from './features/seats/facts.service.ts';
import { createRelayService } from './features/seats/relay.service.ts';
import { bindSeatEndpoints } from './features/seats/seat.routes.ts';
import { createSeatRepository } from './features/seats/seat.repository.ts';
import { createSeatService } from './features/seats/seat.service.ts';
import { createTicketService } from './features/seats/ticket.service.ts';
import { createTickets } from './features/seats/tickets.ts';
import { bindInternalEndpoints, type InternalRoutesDeps } from './internal.routes.ts';
import { createOrganizationDays } from './core/organization-days.repository.ts';
import { createQueueRepository } from './features/visits/queue.repository.ts';
import { createVisitFeed } from './features/visits/visit-feed.ts';
import { createVisitOpener } from './features/visits/visit-opener.ts';
import { createVisitOpeningRepository } from './features/visits/visit-opening.repository.ts';
import { createVisitOpeningService } from './features/visits/visit-opening.service.ts';
import { createVisitRepository } from './features/visits/visit.repository.ts';
import { bindVisitEndpoints } from './features/visits/visit.routes.ts';
import { createVisitService } from './features/visits/visit.service.ts';
import { createVisitTransitions } from './features/visits/visit-transitions.ts';
import { bindWalkInEndpoints } from './features/walk-ins/walk-in.routes.ts';
import { createWalkInService } from './features/walk-ins/walk-in.service.ts';

export interface Care {
  readonly endpoints: BoundEndpoint[];
  /** Takes away what was begun and has been left lying. */
  readonly sweep: () => Promise<void>;
  /** Takes up files that could not be looked through when they came. */
  readonly deliverWaiting: () => Promise<void>;
}

/** Doctors, bookings and visits, for people and for signaling. */
export function composeCare(
  core: Core,
  charts: ChartAccess,
  others: Pick<InternalRoutesDeps, 'sessions' | 'nodes'>,
): Care {
  const shared = composeShared(core, charts);
  const attachments = composeAttachments(core, shared);
  return {
    endpoints: [
      ...composeBooking(core, shared),
      ...composeVisits(core, shared),
      ...attachments.endpoints,
      ...bindQualityEndpoints(shared.quality),
      ...composeQualityWatch(core, shared),
      ...composeInternal(core, shared, others),
    ],
    sweep: attachments.sweep,
    deliverWaiting: attachments.deliverWaiting,
  };
}

type Shared = ReturnType<typeof composeShared>;

function composeShared(core: Core, charts: ChartAccess) {
  const { database, cipher, clock, pushes, background, metrics, log, alertRules: rules } = core;
  const zones = createZoneClock();
  const audit = createAuditTrail(database);
  const chat = createChatRepository({ database, cipher });
  const seats = createSeatRepository({ database, cipher });
  const visits = createVisitRepository({ database, cipher });
  const queues = createQueueRepository({ database, cipher });
  const watched = createQualityWatchRepository(database);
  const feed = createVisitFeed({ queues, tenancy: database.tenancy, pushes, background, clock });
  return {
    zones,
    charts,
    audit,
    visits,
    queues,
    feed,
    transitions: createVisitTransitions({ visits, audit, feed, clock }),
    chat,
    chatService: createChatService({ chat, seats, clock }),
    seats,
    providers: createProviderRepository(database),
    calendars: createCalendarRepository(database),
    watched,
    days: createOrganizationDays({ database, zones }),
    quality: createQualityService({
      quality: createQualityRepository({ database }),
      figures: createWatchMetrics({ metrics, watched, tenancy: database.tenancy, rules, clock, log }),
      visits,
      charts,
      audit,
      clock,
    }),
  };
}

function composeBooking({ database, cipher, clock }: Core, shared: Shared): BoundEndpoint[] {
  const { zones, audit, visits, feed, transitions, providers, calendars, days } = shared;
  const appointments = createAppointmentRepository({ database, cipher });
  const bookings = createBookingRepository({ database, cipher });
  return [
    ...bindProviderEndpoints(createProviderService({ providers, calendars, zones, clock })),
    ...bindAppointmentEndpoints({
      appointments: createAppointmentService({ appointments, visits, transitions, days, audit, clock }),
      bookings: createBookingService({ appointments, bookings, calendars, zones, feed, clock }),
    }),
  ];
}

function composeVisits(core: Core, shared: Shared): BoundEndpoint[] {
  const { database, cipher, contacts, clock, guestSessions, sessionCookies, joinTicketSecret } = core;
  const { charts, audit, visits, queues, feed, transitions, chat, seats, providers, days } = shared;
  const openings = createVisitOpeningRepository({ database, cipher, contacts });
  const opener = createVisitOpener({ openings, transitions, audit });
  const tickets = createTickets({ secret: joinTicketSecret, clock });
  return [
    ...bindVisitEndpoints({
      visits: createVisitService({ visits, queues, messages: chat, charts, transitions, days, audit, clock }),
      openings: createVisitOpeningService({ openings, opener, feed, clock }),
    }),
    ...bindWalkInEndpoints({
      walkIns: createWalkInService({ providers, openings, opener, guestSessions, feed, clock }),
      sessionCookies,
    }),
    ...bindSeatEndpoints(createTicketService({ visits, seats, tickets, audit, clock })),
  ];
}

function composeAttachments(core: Core, { visits, charts, seats, chatService, audit }: Shared): Care {
  const { database, blobs, objects, contentCipher, keyRing, scanner, pushes, clock, log } = core;
  const attachments = createAttachmentRepository(database);
  const storedFiles = createStoredFileRepository(database);
  const files = createFileContents({ objects, cipher: contentCipher, keyRing });
  const content = createAttachmentContent({ blobs, cipher: contentCipher, files });
  const keep = createFileKeeping({ files, storedFiles, content, now: () => clock.now() });
  const inspection = createAttachmentInspection({ content, attachments, scanner, log });
  const service = createAttachmentService({
    visits,
    charts,
    seats,
    attachments,
    content,
    inspection,
    intake: createAttachmentIntake({ content, inspection, keep, attachments }),
    storeMessage: (seat, message, requestId) => chatService.store(seat, message, requestId),
    pushes,
    audit,
    clock,
  });
  return {
    endpoints: bindAttachmentEndpoints(service),
    sweep: createAttachmentSweep({ attachments, content, storedFiles, files, clock, log }),
    async deliverWaiting() {
      const delivered = await service.deliverWaiting(randomUUID());
      if (delivered > 0) log.info({ delivered }, 'attachments that had waited are delivered');
    },
  };
}

function composeQualityWatch({ clock, alertRules }: Core, shared: Shared): BoundEndpoint[] {
  const { watched, quality, days, audit } = shared;
  return bindQualityWatchEndpoints(
    createQualityWatchService({ watched, quality, rules: alertRules, days, audit, clock }),
  );
}

function composeInternal(
  { database, clock }: Core,
  shared: Shared,
  others: Pick<InternalRoutesDeps, 'sessions' | 'nodes'>,
): BoundEndpoint[] {
  const { audit, queues, feed, transitions, chat, chatService, seats, quality } = shared;
  return bindInternalEndpoints({
    tenancy: database.tenancy,
    seats: createSeatService({ seats, queues, transitions, audit, clock }),
    chat: chatService,
    relay: createRelayService({
      ...{ seats, chat, queues, audit, clock },
      reaches: createReachRepository(database),
    }),
    facts: createFactsService({ facts: createFactsRepository(database), feed }),
    quality,
    ...others,
  });
}
