export const SERVICE_SECRET = 'a service secret that is long enough';
export const JOIN_TICKET_SECRET = 'a ticket secret that is long enough!';
export const PUBLIC_ORIGIN = 'https://clinic.example';
