// An opt-in or opt-out that did not come as a text: from a form, by voice, by e-mail, from an older system. Any reasonable
// means ends consent; to give it takes a proof (L07, L08).
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { appendEntry } from './append-entry.ts';
import { consentSubject } from './locks.ts';
import { type ConsentRow, readConsent, readConsentRow } from './store.ts';

const MAX_CHARACTERS = 2_000;

const text = (name: string) =>
  z
    .string()
    .trim()
    .max(MAX_CHARACTERS, `evidence.${name} takes at most ${MAX_CHARACTERS} characters.`)
    .transform((value) => value || null)
    .nullish();

const address = z.union([z.ipv4(), z.ipv6()], 'evidence.ipAddress takes an IPv4 or IPv6 address.');

const shape = z.object({
  companyId: z.uuid(),
  /** E.164 */
  phoneNumber: z.string(),
  kind: z.enum(['OPT_IN', 'OPT_OUT']),
  source: z.enum(['FORM', 'VERBAL', 'EMAIL', 'IMPORT', 'API']),
  at: z.date().nullish(),
  evidence: z
    .object({
      url: text('url'),
      shownText: text('shownText'),
      ipAddress: address.nullish(),
      reference: text('reference'),
    })
    .nullish(),
  idempotencyKey: z.string().nullish(),
});

type Input = z.output<typeof shape>;

/**
 * Enters an opt-in or opt-out in the ledger. It holds from then on for all that the company sends to the number.
 * @param request.at when it was said; not after now, absent = now
 * @param request.evidence an opt-in needs one of shownText, reference and url; one by a form, shownText and url
 * @returns what stands. Throws Forbidden; Refused INVALID_INPUT, also for an opt-in that is no later than their last
 *   opt-out, NOT_FOUND, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function recordConsent(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'secrets'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ConsentRow> {
  authorize(viewer, 'consent.record');
  const input = parseInput(shape, request);
  const { accountId } = viewer;
  const at = input.at ?? platform.clock.now(accountId);
  if (at > platform.clock.now(accountId)) throw invalidInput('at', 'at takes a time until now.');
  checkEvidence(input);
  const { idempotencyKey, ...asked } = input;
  return once(
    platform,
    viewer,
    { mutation: 'recordConsent', key: idempotencyKey, request: asked },
    (tx) => recordIn(tx, platform, viewer, { ...input, at }),
    answerById('Consent', (tx, id) => readConsentRow(tx, accountId, id)),
  );
}

async function recordIn(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock' | 'secrets'>,
  viewer: Viewer,
  input: Input & { at: Date },
): Promise<ConsentRow> {
  const { companyId, phoneNumber: number, kind, source, at, evidence } = input;
  const { accountId } = viewer;
  await platform.events.lock(tx, accountId, [consentSubject(companyId, number)]);
  const where = { accountId_id: { accountId, id: companyId } };
  const company = await tx.company.findUnique({ where, select: { id: true } });
  if (!company || !seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
  const was = await readConsent(tx, platform, accountId, companyId, number);
  if (kind === 'OPT_IN' && was.optedOutAt && at <= was.optedOutAt) {
    const message = `They opted out at ${was.optedOutAt.toISOString()}, which is no earlier. Record an opt-in that they gave since then.`;
    throw invalidInput('at', message);
  }
  const of = { accountId, companyId, number };
  const { url = null, shownText = null, ipAddress = null, reference = null } = evidence ?? {};
  const { consentId } = await appendEntry(tx, platform, of, {
    ...{ kind, source, at, recordedBy: nameActor(viewer.actor) },
    ...{ url, shownText, ipAddress, reference },
  });
  // neither the number nor the proof: the audit log outlives an erasure
  await audit(tx, viewer, platform.clock, {
    action: 'recordConsent',
    subject: `consent:${consentId}`,
    after: { kind, source },
  });
  const row = await readConsentRow(tx, accountId, consentId);
  if (!row) throw new Error('A consent went though its lock was held.');
  return row;
}

function checkEvidence({ kind, source, evidence }: Input): void {
  if (kind === 'OPT_OUT') return;
  const { url, shownText, reference } = evidence ?? {};
  if (source === 'FORM' && !(url && shownText)) {
    const message =
      'An opt-in by a form needs evidence.url, the page of the form, and evidence.shownText, the words beside the box that they ticked. A box that was not ticked is no consent.';
    throw invalidInput('evidence', message);
  }
  if (url || shownText || reference) return;
  const message =
    'An opt-in needs a proof: evidence.shownText, what they were shown or told, evidence.reference, where the proof is kept, or evidence.url.';
  throw invalidInput('evidence', message);
}
