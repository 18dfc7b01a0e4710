import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { AppointmentService } from './appointment.service.ts';
import type { BookingService } from './booking.service.ts';

export interface AppointmentRoutesDeps {
  readonly appointments: AppointmentService;
  readonly bookings: BookingService;
}

export function bindAppointmentEndpoints({ appointments, bookings }: AppointmentRoutesDeps): BoundEndpoint[] {
  return bindEndpoints(endpoints.appointments, {
    list: (caller, { query }) => appointments.list(caller, query),
    create: (caller, { body: { practitionerId, startsAt, patientId, reason = null, idempotencyKey } }) =>
      bookings.book(caller, { practitionerId, startsAt, patientId, reason, idempotencyKey }),
    get: (caller, { params }) => appointments.get(caller, params.appointmentId),
    cancel: (caller, { params }) => appointments.cancel(caller, params.appointmentId),
  });
}
