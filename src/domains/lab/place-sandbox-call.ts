// A scripted person dials a tracking number of a TEST account, and the business behaves as told. Everything after the
// dial is the product's ordinary path.
import { z } from 'zod';
import { authorize, once } from '#domains/accounts/index.ts';
import { dialledTracker } from '#domains/numbers/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { parsePhoneNumber } from '#values/phone-number.ts';
import { invalidInput, notFound, policyRefused } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { askSandbox } from './sandbox.ts';

/** How the business's phone behaves, in the API's words and the sandbox's. */
export const DESTINATION_BEHAVIOURS = {
  ANSWER: 'answer',
  BUSY: 'busy',
  NO_ANSWER: 'no-answer',
  REJECT: 'reject',
  NOT_FOUND: 'not-found',
  VOICEMAIL: 'voicemail',
} as const;
type Behaviour = keyof typeof DESTINATION_BEHAVIOURS;

const secondsUpTo = (field: string, most: number) =>
  z
    .int(`${field} takes 0 to ${most} seconds.`)
    .min(0, `${field} takes 0 to ${most} seconds.`)
    .max(most, `${field} takes 0 to ${most} seconds.`)
    .nullish();

const shape = z.object({
  trackerId: z.uuid(),
  to: z.string().nullish(),
  from: z.string(),
  callerName: z.string().max(60, 'callerName takes at most 60 characters.').nullish(),
  destination: z.enum(Object.keys(DESTINATION_BEHAVIOURS) as [Behaviour]).nullish(),
  answerAfterSeconds: secondsUpTo('answerAfterSeconds', 120),
  dialogue: z.string().max(60).nullish(),
  hangUpAfterSeconds: secondsUpTo('hangUpAfterSeconds', 14_400),
  idempotencyKey: z.string().nullish(),
});
export type SandboxCall = z.input<typeof shape>;

const DIALOGUE = 'garage-door';
const MESSAGE = 'voicemail-message';
const ANSWER_AFTER_SECONDS = 2;

const spoken = z.object({
  dialogues: z.record(z.string(), z.unknown()),
  clips: z.record(z.string(), z.unknown()),
});

/**
 * Places a call. The caller and the business talk the dialogue's lines; where a voicemail takes the call, the caller
 * leaves a message.
 * @returns the number that was dialled (E.164) and the carrier's session, for the caller's own books
 * @throws Forbidden; Refused TEST_ACCOUNT_REQUIRED, NOT_FOUND, INVALID_INPUT, WRONG_STATE, CARRIER_REFUSED
 */
export async function placeSandboxCall(
  platform: Pick<Platform, 'db' | 'clock' | 'secrets'>,
  viewer: Viewer,
  input: SandboxCall,
): Promise<{ to: string; session: string }> {
  authorize(viewer, 'lab.playCall');
  if (viewer.mode !== 'TEST') {
    throw policyRefused('TEST_ACCOUNT_REQUIRED', 'Scripted calls exist in TEST accounts only.');
  }
  const wanted = parseInput(shape, input);
  const from = parsePhoneNumber(wanted.from);
  if (!from) throw invalidInput('from', 'from takes a phone number, such as +14155550134.');
  const asked = wanted.to ? parsePhoneNumber(wanted.to) : null;
  if (wanted.to && !asked) throw invalidInput('to', 'to takes a number of the tracker.');
  const found = await dialledTracker(platform.db, viewer.accountId, wanted.trackerId, asked);
  if (!found || !seesCompany(viewer, found.companyId)) throw notFound('trackerId', 'Tracker');
  if (!found.number && asked) {
    throw policyRefused('WRONG_STATE', 'The tracker has no such number in service.', {
      field: 'to',
    });
  }
  if (!found.number) {
    throw policyRefused('WRONG_STATE', whyNotDialled(found.newest), { field: 'trackerId' });
  }
  const { number: to } = found;
  const request = { mutation: 'placeSandboxCall', key: wanted.idempotencyKey, request: wanted };
  if (wanted.dialogue) await refuseUnknownSpeech(platform, viewer.accountId, wanted.dialogue);
  const session = await once(platform, viewer, request, async () => newId(), {
    store: (chosen) => ({ session: chosen }),
    restore: async (_tx, kept) => String(kept.session),
  });
  // behind the commit, and under a name that makes a repetition the same call
  await dial(platform, viewer.accountId, wanted, { from, to, session });
  return { to, session };
}

/** Why a tracker without an active number cannot be called, and what helps. */
function whyNotDialled(newest: { number: string; status: string } | null): string {
  switch (newest?.status) {
    case 'ORDERING':
      return `${newest.number} is being ordered. Try again when its status is ACTIVE, which NUMBER_STATUS_CHANGED tells.`;
    case 'FAILED':
      return `${newest.number} could not be had, TrackingNumber.failure says why. Take another one with replacePhoneNumber.`;
    default:
      return 'The tracker has no number in service any more. Make another tracker with createTracker.';
  }
}

async function dial(
  platform: Pick<Platform, 'db' | 'secrets'>,
  accountId: string,
  wanted: z.output<typeof shape>,
  call: { from: string; to: string; session: string },
): Promise<void> {
  const say = wanted.dialogue ?? DIALOGUE;
  await askSandbox(platform, accountId, {
    method: 'POST',
    path: '/sandbox/calls',
    body: {
      from: call.from,
      to: call.to,
      sessionId: call.session,
      say,
      afterBeep: MESSAGE,
      // of this call alone: another one to the same business may be under way
      destination: {
        behaviour: DESTINATION_BEHAVIOURS[wanted.destination ?? 'ANSWER'],
        answerAfterSeconds: wanted.answerAfterSeconds ?? ANSWER_AFTER_SECONDS,
        say,
      },
      ...(wanted.callerName ? { callerName: wanted.callerName } : {}),
      ...(wanted.hangUpAfterSeconds != null
        ? { hangUpAfterSeconds: wanted.hangUpAfterSeconds }
        : {}),
    },
  });
}

async function refuseUnknownSpeech(
  platform: Pick<Platform, 'db' | 'secrets'>,
  accountId: string,
  name: string,
): Promise<void> {
  const { dialogues, clips } = spoken.parse(
    await askSandbox(platform, accountId, { method: 'GET', path: '/sandbox/speech' }),
  );
  const names = [...Object.keys(dialogues), ...Object.keys(clips)];
  if (names.includes(name)) return;
  throw invalidInput('dialogue', `dialogue takes one of: ${names.join(', ')}.`);
}
