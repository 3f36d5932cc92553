// What the sandbox keeps over a restart: applications, messaging profiles, numbers, orders, reservations, registrations,
// people who sent STOP, recordings and the ids of legs (so that a leg lost with the process answers "not alive"). One
// JSON file, replaced whole; recordings lie beside it as WAV files.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { repairWavFile } from './audio/wav-file.ts';

const Application = z.object({
  id: z.string(),
  name: z.string(),
  active: z.boolean(),
  webhookUrl: z.string(),
  failoverUrl: z.string().nullable(),
  webhookTimeoutSeconds: z.number().nullable(),
  firstCommandTimeoutSeconds: z.number().nullable(),
  callCostInWebhooks: z.boolean(),
  shakenStirEnabled: z.boolean(),
  outboundVoiceProfileId: z.string().nullable(),
  createdMs: z.number(),
  updatedMs: z.number(),
});
const OwnedNumber = z.object({
  id: z.string(),
  phoneNumber: z.string(),
  type: z.enum(['local', 'toll_free']),
  connectionId: z.string().nullable(),
  customerReference: z.string().nullable(),
  tags: z.array(z.string()),
  /** in the carrier's word: active, port-out-pending, ported-out */
  status: z.string().default('active'),
  deletionLock: z.boolean().default(false),
  callerName: z.boolean().default(false),
  screening: z.enum(['disabled', 'flag_calls', 'reject_calls']).default('disabled'),
  forwardsTo: z.string().default(''),
  forwarding: z.boolean().default(true),
  recording: z.boolean().default(false),
  translatedNumber: z.string().default(''),
  messagingProfileId: z.string().nullable().default(null),
  campaignId: z.string().nullable().default(null),
  assignment: z.enum(['none', 'pending', 'assigned', 'failed']).default('none'),
  assignmentReason: z.string().default(''),
  purchasedMs: z.number(),
  updatedMs: z.number(),
});
const Decision = z.enum(['pending', 'success', 'failure']);
const NumberReservation = z.object({
  id: z.string(),
  customerReference: z.string().nullable(),
  lines: z.array(
    z.object({
      id: z.string(),
      phoneNumber: z.string(),
      status: Decision,
      error: z.string().default(''),
    }),
  ),
  expiresMs: z.number(),
  createdMs: z.number(),
  updatedMs: z.number(),
});
const NumberOrder = z.object({
  id: z.string(),
  status: Decision,
  connectionId: z.string().nullable(),
  customerReference: z.string().nullable(),
  lines: z.array(
    z.object({ id: z.string(), phoneNumber: z.string(), status: Decision.default('pending') }),
  ),
  createdMs: z.number(),
  updatedMs: z.number(),
});
const Recording = z.object({
  id: z.string(),
  status: z.enum(['recording', 'completed']),
  channels: z.enum(['single', 'dual']),
  callControlId: z.string(),
  legId: z.string(),
  sessionId: z.string(),
  connectionId: z.string(),
  from: z.string(),
  to: z.string(),
  startedMs: z.number(),
  endedMs: z.number(),
  durationMs: z.number(),
});
const KnownLeg = z.object({
  callControlId: z.string(),
  legId: z.string(),
  sessionId: z.string(),
  clientState: z.string().nullable(),
  startMs: z.number(),
  endedMs: z.number().nullable(),
});
const MessagingProfile = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  webhookUrl: z.string().nullable(),
  failoverUrl: z.string().nullable(),
  destinations: z.array(z.string()),
  createdMs: z.number(),
  updatedMs: z.number(),
});
/** a person who sent STOP, for all numbers of a profile */
const OptOut = z.object({
  profileId: z.string(),
  person: z.string(),
  number: z.string(),
  keyword: z.string(),
  createdMs: z.number(),
});
const Brand = z.object({
  id: z.string(),
  state: z.enum(['pending', 'approved', 'rejected', 'suspended']),
  reason: z.string(),
  /** as it was submitted */
  body: z.record(z.string(), z.unknown()),
  createdMs: z.number(),
  updatedMs: z.number(),
});
const Campaign = Brand.extend({ brandId: z.string() });
const State = z.object({
  applications: z.array(Application),
  numbers: z.array(OwnedNumber),
  orders: z.array(NumberOrder),
  reservations: z.array(NumberReservation).default([]),
  recordings: z.array(Recording),
  legs: z.array(KnownLeg),
  messagingProfiles: z.array(MessagingProfile).default([]),
  optOuts: z.array(OptOut).default([]),
  brands: z.array(Brand).default([]),
  campaigns: z.array(Campaign).default([]),
});

export type Application = z.infer<typeof Application>;
export type OwnedNumber = z.infer<typeof OwnedNumber>;
export type NumberOrder = z.infer<typeof NumberOrder>;
export type NumberReservation = z.infer<typeof NumberReservation>;
export type Recording = z.infer<typeof Recording>;
export type MessagingProfile = z.infer<typeof MessagingProfile>;
export type Brand = z.infer<typeof Brand>;
export type Campaign = z.infer<typeof Campaign>;

export interface Store {
  readonly state: z.infer<typeof State>;
  /** Writes the state; called after every change. */
  save(): void;
  recordingPath(id: string): string;
}

const KEPT_LEGS = 2000;

/**
 * Opens the data folder (made when missing).
 * @param startMs sandbox time, taken as the end of legs that were alive when the last process went away
 */
export function openStore(dataDir: string, startMs: number): Store {
  const recordings = join(dataDir, 'recordings');
  mkdirSync(recordings, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'state.json');
  const state: z.infer<typeof State> = existsSync(path)
    ? State.parse(JSON.parse(readFileSync(path, 'utf8')))
    : State.parse({ applications: [], numbers: [], orders: [], recordings: [], legs: [] });
  const recordingPath = (id: string) => join(recordings, `${id}.wav`);

  for (const leg of state.legs) leg.endedMs ??= startMs;
  // written before lines had a status of their own
  for (const { status, lines } of state.orders.filter((order) => order.status !== 'pending')) {
    for (const line of lines) if (line.status === 'pending') line.status = status;
  }
  for (const recording of state.recordings.filter((one) => one.status === 'recording')) {
    const durationMs = repairWavFile(
      recordingPath(recording.id),
      recording.channels === 'dual' ? 2 : 1,
    );
    recording.status = 'completed';
    recording.durationMs = durationMs ?? 0;
    recording.endedMs = recording.startedMs + recording.durationMs;
  }

  function save(): void {
    if (state.legs.length > KEPT_LEGS) state.legs.splice(0, state.legs.length - KEPT_LEGS);
    writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  save();
  return { state, save, recordingPath };
}
