import { AuditAction } from '@careconnect/contracts';
import { m } from '#lib/paraglide/messages.js';

/** What was done, as whoever reads the trail would say it. One that is missing here does not compile. */
export const ACTION_WORDS: Readonly<Record<AuditAction, typeof m.did_auth_sign_in>> = {
  'appointment.list': m.did_appointment_list,
  'appointment.read': m.did_appointment_read,
  'appointment.create': m.did_appointment_create,
  'appointment.cancel': m.did_appointment_cancel,
  'attachment.begin': m.did_attachment_begin,
  'attachment.read': m.did_attachment_read,
  'audit.search': m.did_audit_search,
  'audit.export': m.did_audit_export,
  'audit.readOwn': m.did_audit_read_own,
  'auth.signIn': m.did_auth_sign_in,
  'auth.signOut': m.did_auth_sign_out,
  'auth.resetPassword': m.did_auth_reset_password,
  'auth.confirm': m.did_auth_confirm,
  'auth.register': m.did_auth_register,
  'auth.changePassword': m.did_auth_change_password,
  'auth.askEmailChange': m.did_auth_ask_email_change,
  'auth.changeEmail': m.did_auth_change_email,
  'auth.setUpSecondFactor': m.did_auth_set_up_second_factor,
  'auth.removeSecondFactor': m.did_auth_remove_second_factor,
  'auth.renewRecoveryCodes': m.did_auth_renew_recovery_codes,
  'chat.read': m.did_chat_read,
  'chat.send': m.did_chat_send,
  'patient.search': m.did_patient_search,
  'patient.read': m.did_patient_read,
  'patient.create': m.did_patient_create,
  'quality.watch': m.did_quality_watch,
  'quality.list': m.did_quality_list,
  'quality.export': m.did_quality_export,
  'queue.read': m.did_queue_read,
  'queue.watch': m.did_queue_watch,
  'visit.list': m.did_visit_list,
  'visit.read': m.did_visit_read,
  'visit.readRecord': m.did_visit_read_record,
  'visit.readQuality': m.did_visit_read_quality,
  'visit.create': m.did_visit_create,
  'visit.walkIn': m.did_visit_walk_in,
  'visit.joinTicket': m.did_visit_join_ticket,
  'visit.takeSeat': m.did_visit_take_seat,
  'visit.join': m.did_visit_join,
  'visit.leave': m.did_visit_leave,
  'visit.checkIn': m.did_visit_check_in,
  'visit.start': m.did_visit_start,
  'visit.hold': m.did_visit_hold,
  'visit.end': m.did_visit_end,
  'visit.summarise': m.did_visit_summarise,
  'visit.cancel': m.did_visit_cancel,
  'visit.markNoShow': m.did_visit_mark_no_show,
};

/** By its code where a version of the platform did it that had other actions. */
export function actionWords(action: string): string {
  const { data } = AuditAction.safeParse(action);
  return data ? ACTION_WORDS[data]() : action;
}
