// The box of a form that somebody ticked is an explicit opt-in, proven by the form, its page and the words beside the box
// (L07). A box that was not ticked is nobody's word.
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { appendEntry } from './append-entry.ts';
import { consentSubject } from './locks.ts';

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
}

/**
 * Enters the opt-in, in the transaction that stores the form. An opt-out that is as late or later stands. Lock
 * `consentSubject(companyId, number)` before the transaction's first write.
 */
export async function recordFormOptIn(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock' | 'secrets'>,
  { accountId, companyId, number, formSubmissionId, url, shownText, at }: TickedForm,
): Promise<void> {
  await platform.events.lock(tx, accountId, [consentSubject(companyId, number)]);
  await appendEntry(
    tx,
    platform,
    { accountId, companyId, number },
    {
      ...{ kind: 'OPT_IN', source: 'FORM', at, recordedBy: 'system:forms', url, shownText },
      reference: encodeGlobalId('FormSubmission', formSubmissionId),
    },
  );
}
