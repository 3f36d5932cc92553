// Shapes of the request bodies of call control commands: the fields that the sandbox acts on, with Telnyx's limits and
// defaults. Fields it does not know are let through.
import { z } from 'zod';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const ClientState = z.string().regex(BASE64, 'must be valid Base64');
const common = { client_state: ClientState.optional(), command_id: z.string().max(255).optional() };
const E164_OR_SIP = z
  .string()
  .regex(
    /^(\+[1-9]\d{6,14}|sip:[^\s@]+@[^\s@]+)$/,
    'must be in E.164 form, such as +12125550123, or a SIP URI',
  );
const WavOnly = z.literal('wav', { error: 'the sandbox writes WAV only: ask for "wav"' });
const HttpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const Voice = z.string({ error: 'voice must be given, such as "AWS.Polly.Joanna"' }).min(1);
const Loop = z.union([z.literal('infinity'), z.coerce.number().int().min(1).max(100)]).default(1);
const keypad = /^[0-9A-Da-d*#]+$/;
const record = {
  record: z.literal('record-from-answer').optional(),
  record_channels: z.enum(['single', 'dual']).default('dual'),
  record_format: z.enum(['wav', 'mp3']).default('mp3'),
  record_max_length: z.number().int().min(0).max(43_200).default(0),
  record_timeout_secs: z.number().int().min(0).default(0),
  record_track: z.enum(['both', 'inbound', 'outbound']).default('both'),
};
const wavRecording = (body: { record?: string | undefined; record_format: string }) =>
  body.record === undefined || body.record_format === 'wav';
const WAV_RECORDING = {
  error: 'the sandbox records WAV only: set record_format to "wav"',
  path: ['record_format'],
};
const gather = {
  minimum_digits: z.number().int().min(1).max(128).default(1),
  maximum_digits: z.number().int().min(1).max(128).default(128),
  timeout_millis: z.number().int().min(1).max(600_000).default(60_000),
  inter_digit_timeout_millis: z.number().int().min(1).max(600_000).default(5_000),
  terminating_digit: z.string().max(1).default('#'),
  valid_digits: z.string().regex(keypad).default('0123456789#*'),
};

export const bodies = {
  dial: z
    .looseObject({
      ...common,
      ...record,
      connection_id: z.string().min(1),
      to: E164_OR_SIP,
      from: E164_OR_SIP,
      link_to: z.string().optional(),
      bridge_intent: z.boolean().default(false),
      bridge_on_answer: z.boolean().default(false),
      prevent_double_bridge: z.boolean().default(false),
      park_after_unbridge: z.literal('self').optional(),
      timeout_secs: z.number().int().min(5).max(600).default(30),
      time_limit_secs: z.number().int().min(30).max(14_400).default(14_400),
      retry_on_timeout: z.boolean().default(true),
      audio_url: HttpUrl.optional(),
      webhook_url: HttpUrl.optional(),
    })
    .refine(wavRecording, WAV_RECORDING),
  answer: z.looseObject({ ...common, ...record }).refine(wavRecording, WAV_RECORDING),
  reject: z.looseObject({ ...common, cause: z.enum(['CALL_REJECTED', 'USER_BUSY']) }),
  hangup: z.looseObject(common),
  bridge: z.looseObject({
    ...common,
    call_control_id: z.string().min(1),
    prevent_double_bridge: z.boolean().default(false),
    park_after_unbridge: z.literal('self').optional(),
  }),
  speak: z.looseObject({
    ...common,
    payload: z.string().min(1).max(3000),
    voice: Voice,
    loop: Loop,
    stop: z.enum(['current', 'all']).optional(),
  }),
  playback_start: z.looseObject({
    ...common,
    audio_url: HttpUrl.optional(),
    media_name: z.string().optional(),
    playback_content: z.base64().optional(),
    loop: Loop,
    stop: z.enum(['current', 'all']).optional(),
  }),
  playback_stop: z.looseObject({ ...common, stop: z.enum(['current', 'all']).default('all') }),
  record_start: z.looseObject({
    ...common,
    channels: z.enum(['single', 'dual']),
    format: WavOnly,
    play_beep: z.boolean().default(false),
    max_length: z.number().int().min(0).max(14_400).default(0),
    timeout_secs: z.number().int().min(0).default(0),
    recording_track: z.enum(['both', 'inbound', 'outbound']).default('both'),
  }),
  record_stop: z.looseObject({ ...common, recording_id: z.string().optional() }),
  record_pause: z.looseObject({ ...common, recording_id: z.string().optional() }),
  record_resume: z.looseObject({ ...common, recording_id: z.string().optional() }),
  transcription_start: z.looseObject({
    ...common,
    transcription_engine: z.string().default('Google'),
    transcription_tracks: z.enum(['inbound', 'outbound', 'both']).default('inbound'),
  }),
  transcription_stop: z.looseObject(common),
  gather: z.looseObject({
    ...common,
    ...gather,
    initial_timeout_millis: z.number().int().min(1).max(600_000).default(5_000),
  }),
  gather_using_speak: z.looseObject({
    ...common,
    ...gather,
    payload: z.string().min(1).max(3000),
    voice: Voice,
    invalid_payload: z.string().max(3000).optional(),
    maximum_tries: z.number().int().min(1).max(128).default(3),
  }),
  gather_stop: z.looseObject(common),
  send_dtmf: z.looseObject({
    ...common,
    digits: z.string().regex(/^[0-9A-Da-d*#wW]+$/, 'may hold 0-9, A-D, *, #, w and W'),
    duration_millis: z.number().int().min(100).max(500).default(250),
  }),
  client_state_update: z.looseObject({ client_state: ClientState }),
} as const;

export type Body<Kind extends keyof typeof bodies> = z.output<(typeof bodies)[Kind]>;
