// A scripted person sends a text to a tracking number of a TEST account. Everything after that is the product's ordinary
// path.
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

const MOST_CHARACTERS = 1_600;
const MOST_MEDIA = 10;

const shape = z.object({
  trackerId: z.uuid(),
  to: z.string().nullish(),
  from: z.string(),
  text: z
    .string()
    .max(MOST_CHARACTERS, `text takes at most ${MOST_CHARACTERS} characters.`)
    .nullish(),
  media: z
    .array(
      z.object({
        contentType: z.string().max(200, 'contentType takes at most 200 characters.'),
        base64: z.base64('base64 takes the bytes of a file in base64.'),
      }),
    )
    .max(MOST_MEDIA, `media takes at most ${MOST_MEDIA} files.`)
    .nullish(),
  idempotencyKey: z.string().nullish(),
});
export type SandboxText = z.input<typeof shape>;

/**
 * Sends a text.
 * @returns the number that it was sent to, E.164
 * @throws Forbidden; Refused TEST_ACCOUNT_REQUIRED, NOT_FOUND, INVALID_INPUT, WRONG_STATE, CARRIER_REFUSED
 */
export async function sendSandboxText(
  platform: Pick<Platform, 'db' | 'clock' | 'secrets'>,
  viewer: Viewer,
  input: SandboxText,
): Promise<{ to: string }> {
  authorize(viewer, 'lab.sendText');
  if (viewer.mode !== 'TEST') {
    throw policyRefused('TEST_ACCOUNT_REQUIRED', 'Scripted texts exist in TEST accounts only.');
  }
  const wanted = parseInput(shape, input);
  const from = parsePhoneNumber(wanted.from);
  if (!from) throw invalidInput('from', 'from takes a phone number, such as +14155550134.');
  if (!wanted.text && !wanted.media?.length) {
    throw invalidInput('text', 'A text has words, media, or both.');
  }
  const asked = wanted.to ? parsePhoneNumber(wanted.to) : null;
  if (wanted.to && !asked) throw invalidInput('to', 'to takes a number of the tracker.');
  const found = await dialledTracker(platform.db, viewer.accountId, wanted.trackerId, asked);
  if (!found || !seesCompany(viewer, found.companyId)) throw notFound('trackerId', 'Tracker');
  const { number: to } = found;
  if (!to) {
    throw policyRefused('WRONG_STATE', 'The tracker has no such number in service.', {
      field: asked ? 'to' : 'trackerId',
    });
  }
  const request = { mutation: 'sendSandboxText', key: wanted.idempotencyKey, request: wanted };
  const messageId = await once(platform, viewer, request, async () => newId(), {
    store: (chosen) => ({ messageId: chosen }),
    restore: async (_tx, kept) => String(kept.messageId),
  });
  // behind the commit, and under a name that makes a repetition the same text
  await askSandbox(platform, viewer.accountId, {
    method: 'POST',
    path: '/sandbox/texts',
    body: { from, to, text: wanted.text ?? '', media: wanted.media ?? [], messageId },
  });
  return { to };
}
