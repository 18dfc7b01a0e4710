import {
  endpoints,
  withoutControls,
  type Appointment,
  type Availability,
  type CalendarDate,
  type Instant,
  type PatientId,
  type Provider,
} from '@careconnect/contracts';
import { ApiError } from '#lib/api/api-error.ts';
import type { ApiClient } from '#lib/api/client.ts';
import { firstDayShown, loadAvailability, todayAt } from './availability.ts';

export interface BookingOptions {
  readonly api: ApiClient;
  readonly provider: Provider;
  readonly availability: Availability;
  readonly from: CalendarDate;
  /** For whom the desk books; a patient books for themselves. */
  readonly patientId?: PatientId;
}

/** One booking from the choice of a time to its confirmation. What was typed outlives every refusal. */
export class Booking {
  availability = $state.raw<Availability>() as Availability;
  from = $state('') as CalendarDate;
  /** The day whose times were asked for; null while that is left to the calendar. */
  wantedDay = $state<CalendarDate | null>(null);
  startsAt = $state<Instant | null>(null);
  reason = $state('');
  failure = $state.raw<unknown>(null);
  /** Someone else was faster; the times shown are fresh again. */
  wasTaken = $state(false);
  isBusy = $state(false);
  readonly today: CalendarDate;
  readonly #options: BookingOptions;
  #idempotencyKey = crypto.randomUUID();

  constructor(options: BookingOptions) {
    this.#options = options;
    this.availability = options.availability;
    this.from = options.from;
    this.today = todayAt(options.provider);
  }

  select(startsAt: Instant): void {
    this.startsAt = startsAt;
    this.failure = null;
    this.wasTaken = false;
    // Another time is another booking; the same time again is a repeat of the same.
    this.#idempotencyKey = crypto.randomUUID();
  }

  async showFrom(from: CalendarDate): Promise<void> {
    const first = firstDayShown(from, this.today);
    await this.#refresh(first);
  }

  /** Books what is selected. Null means that it was refused and the page says why. */
  async confirm(): Promise<Appointment | null> {
    if (this.startsAt === null || this.isBusy) return null;
    this.isBusy = true;
    this.failure = null;
    try {
      return await this.#create(this.startsAt);
    } catch (error) {
      await this.#explain(error);
      return null;
    } finally {
      this.isBusy = false;
    }
  }

  #create(startsAt: Instant): Promise<Appointment> {
    const { api, provider, patientId } = this.#options;
    const reason = withoutControls(this.reason).trim();
    return api.call(endpoints.appointments.create, {
      body: {
        practitionerId: provider.id,
        startsAt,
        idempotencyKey: this.#idempotencyKey,
        ...(patientId === undefined ? {} : { patientId }),
        ...(reason === '' ? {} : { reason }),
      },
    });
  }

  async #explain(error: unknown): Promise<void> {
    const isGone =
      error instanceof ApiError && (error.code === 'SLOT_TAKEN' || error.code === 'SLOT_NOT_OFFERED');
    if (!isGone) {
      this.failure = error;
      return;
    }
    this.startsAt = null;
    this.wasTaken = true;
    await this.#refresh(this.from);
  }

  async #refresh(from: CalendarDate): Promise<void> {
    const { api, provider } = this.#options;
    try {
      this.availability = await loadAvailability(api, { provider, from });
      this.from = from;
    } catch (error) {
      this.failure = error;
    }
  }
}
