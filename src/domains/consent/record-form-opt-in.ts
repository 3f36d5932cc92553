// The box of a form that somebody ticked is an explicit opt-in, proven by the form, its page and the words beside the box
// (L07). A box that was not ticked is nobody's word. Whoever fills in a form can write any number into it, so a form begins
// consent and never brings it back: who refused takes that back by START, or staff record their word (recordConsent).
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { appendEntry } from './append-entry.ts';
import { consentSubject } from './locks.ts';
import { openRequestOf, refusedSince } from './machine.ts';
import { readStanding } from './store.ts';

/** What was ticked, and where. */
export interface TickedForm {
  accountId: string;
  companyId: string;
  /** E.164 */
  number: string;
  formSubmissionId: string;
  /** the page of the form */
  url: string;
  /** the words beside the box */
  shownText: string;
  /** when the form was sent */
  at: Date;
  /** 'system:forms', or the actor who gave us the form */
  recordedBy: string;
}

/**
 * Enters the opt-in, in the transaction that stores the form. Where the number has opted out, was erased after that, or
 * asked for no more texts and nobody has judged that yet, it changes nothing. Lock `consentSubject(companyId, number)`
 * before the transaction's first write.
 */
export async function recordFormOptIn(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock' | 'secrets'>,
  { accountId, companyId, number, formSubmissionId, url, shownText, at, recordedBy }: TickedForm,
): Promise<void> {
  await platform.events.lock(tx, accountId, [consentSubject(companyId, number)]);
  const { standing } = await readStanding(tx, platform, { accountId, companyId, number });
  if (refusedSince(standing) || openRequestOf(standing)) return;
  await appendEntry(
    tx,
    platform,
    { accountId, companyId, number },
    {
      ...{ kind: 'OPT_IN', source: 'FORM', at, recordedBy, url, shownText },
      reference: encodeGlobalId('FormSubmission', formSubmissionId),
    },
  );
}
