// Answers of the published shape, as small as it allows: wire.test.ts holds them against the specification.

export const SESSION = '428c31b6-7af4-4bcb-b7f5-5013ef9657c1';
export const REFERENCE = '12ade33a-21c0-473b-b055-b3c836e1c292';
export const NUMBER = '+14155550100';
export const AT = '2026-03-01T12:00:00.000Z';

export const CALL = {
  record_type: 'call',
  call_control_id: 'v3:leg-a',
  call_leg_id: SESSION,
  call_session_id: SESSION,
};
export const SENT = {
  id: REFERENCE,
  event_type: 'call.hangup',
  occurred_at: AT,
  payload: { ...CALL, connection_id: '1234567890' },
};
export const CALL_EVENT = {
  record_type: 'call_event',
  type: 'webhook',
  name: SENT.event_type,
  call_leg_id: SESSION,
  call_session_id: SESSION,
  event_timestamp: AT,
  metadata: SENT,
};
/** of an application that is not ours */
export const FOREIGN_CALL_EVENT = {
  ...CALL_EVENT,
  metadata: { ...SENT, payload: { ...CALL, connection_id: 'another' } },
};
export const RECORDING = {
  id: REFERENCE,
  record_type: 'recording',
  call_session_id: SESSION,
  channels: 'dual',
  status: 'completed',
  recording_started_at: AT,
  download_urls: { wav: 'https://files.example.com/a.wav' },
};
export const OFFER = {
  phone_number: NUMBER,
  record_type: 'available_phone_number',
  region_information: [
    { region_type: 'rate_center', region_name: 'SAN FRANCISCO' },
    { region_type: 'state', region_name: 'CA' },
  ],
};
export const ORDER = { id: REFERENCE, record_type: 'number_order', status: 'success' };
export const PHONE_NUMBER = {
  id: '1293384261075731499',
  record_type: 'phone_number',
  phone_number: NUMBER,
  country_iso_alpha2: 'US',
  status: 'active',
  tags: [],
  external_pin: '1234',
  created_at: AT,
  purchased_at: AT,
  phone_number_type: 'local',
  deletion_lock_enabled: false,
};
export const VOICE = {
  id: PHONE_NUMBER.id,
  record_type: 'voice_settings',
  phone_number: NUMBER,
  inbound_call_screening: 'flag_calls' as const,
  translated_number: '',
  call_forwarding: { call_forwarding_enabled: true, forwards_to: '+12125550180' },
  call_recording: { inbound_call_recording_enabled: true },
};
/** a line that ends, and one that was refused, whose end says nothing */
export const RESERVATION = {
  id: REFERENCE,
  record_type: 'number_reservation',
  status: 'success',
  created_at: AT,
  phone_numbers: [
    { phone_number: NUMBER, status: 'success', expired_at: '2026-03-01T12:30:00.000Z' },
    {
      phone_number: '+14155550101',
      status: 'failure',
      errors: 'taken',
      expired_at: '2026-03-01T12:10:00.000Z',
    },
    { phone_number: '+14155550102', status: 'pending' },
  ],
};
export const PAGE = { page_number: 1, page_size: 20, total_pages: 1, total_results: 1 };
export const APPLICATION = { id: '1234567890', record_type: 'call_control_application' };
