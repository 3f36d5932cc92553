// A form becomes an interaction: screened, its lead found or made, scored and told of, in one transaction.
import { consentSubject, recordFormOptIn } from '#domains/consent/index.ts';
import { storeInteraction } from '#domains/interactions/index.ts';
import { findOrMakeLead, locksOfPerson } from '#domains/leads/index.ts';
import { type Referral, visitOfSender } from '#domains/visitors/index.ts';
import { isErasedSession } from '#platform/carrier/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { formSubject, formSubmitted } from './events.ts';
import { findPerson } from './find-person.ts';
import type { FormWords } from './form-input.ts';
import { joinVisit } from './join-visit.ts';
import { SPAM_SCORE, type SpamSigns, scoreSpam } from './score-spam.ts';
import { type ScreenedFields, wantedFields } from './screen-fields.ts';
import { countOthersWithText, hasForm, insertForm, readForm, readFormSetting } from './store.ts';
import { textHash } from './text-hash.ts';
import { isTicked } from './ticked-box.ts';

/** within which equal texts are counted */
const SAME_TEXT_MS = 24 * 3_600_000;
const MOST_COUNTED = 10;

/** A form as it came, by the door or by the API. */
export interface NewForm {
  accountId: string;
  companyId: string;
  /** the same for the same form, however often it comes */
  id: string;
  at: Date;
  form: FormWords;
  /** '' = unknown */
  pageUrl: string;
  fields: ScreenedFields;
  /** of numbers that name none, as parseLocalNumber takes it; '' = US and Canada */
  country: string;
  /** the browser; null without consent. A session counts only together with it */
  visitorId: string | null;
  sessionId: string | null;
  /** where they came from, where no session tells it */
  told: Referral | null;
  /** of a form without consent: the source that stands for what cannot be told; null with consent */
  lostTo: string | null;
  /** its page held it back and nobody saw it sent: a box in it that is ticked is no opt-in */
  isUnconfirmed: boolean;
  /** by whose word a ticked box is an opt-in: 'system:forms' or an actor; null = it is none */
  optInBy: string | null;
  signs: Omit<SpamSigns, 'fields' | 'othersWithText'>;
}

/** The lock that a form shares with the settings of its company: what they say is kept is what was kept. */
export function formSettingsSubject(companyId: string): string {
  return `formSettings:${companyId}`;
}

/**
 * Stores a form; one that is stored stays as it is but for a visit that came after it, and one that was erased stays so. Must
 * come before the transaction's first write. A session that is not the visitor's own, or not the company's, is left out.
 */
export async function storeForm(
  tx: Tx,
  platform: Pick<Platform, 'events' | 'clock' | 'secrets'>,
  given: NewForm,
): Promise<void> {
  const { events } = platform;
  const { accountId, companyId, id, signs, told, lostTo, isUnconfirmed } = given;
  const { sourceId: _, ...visitTold } = told ?? { sourceId: null };
  const numbers = numbersOf(given);
  await events.lock(
    tx,
    accountId,
    // in the order of texts: these before those of the lead
    numbers.map((number) => consentSubject(companyId, number)),
  );
  await events.lock(tx, accountId, [
    formSubject(id),
    formSettingsSubject(companyId),
    ...(await locksOfPerson(
      tx,
      { accountId, companyId },
      findPerson(given.fields, given.country).knownBy,
    )),
  ]);
  const stored = await readForm(tx, accountId, id);
  if (stored) return joinVisit(tx, platform, stored, given);
  if (await isErasedSession(tx, accountId, id)) return;
  const setting = await readFormSetting(tx, accountId, companyId);
  const fields = wantedFields(given.fields, setting?.ignoredFields ?? []);
  const { at, ...came } = await visitOfSender(tx, given);
  const { knownBy, name } = findPerson(fields, given.country);
  const [most, ...rest] = knownBy;
  const person = { accountId, companyId, name, isOwnWord: true, at };
  const lead = most
    ? await findOrMakeLead(tx, { events }, { ...person, knownBy: [most, ...rest] })
    : null;
  const leadId = lead?.leadId ?? null;
  const hash = textHash(fields);
  const since = new Date(at.getTime() - SAME_TEXT_MS);
  const othersWithText = hash
    ? await countOthersWithText(
        tx,
        { ...given, leadId, textHash: hash },
        { since, at },
        MOST_COUNTED,
      )
    : 0;
  const { score: spamScore, reasons } = scoreSpam({ ...signs, fields, othersWithText });
  const isFirst =
    leadId !== null && spamScore < SPAM_SCORE && !(await hasForm(tx, accountId, leadId));
  const { version } = await storeInteraction(tx, {
    ...{ accountId, id, kind: 'FORM', companyId, leadId, occurredAt: at },
    ownLeadId: lead?.ownLeadId ?? null,
    sourceId: came.sourceId ?? told?.sourceId ?? lostTo,
  });
  await insertForm(tx, {
    ...{ accountId, id, companyId, fields, isFirst, spamScore, spamReasons: reasons },
    formId: given.form.id,
    formName: given.form.name,
    formAction: given.form.action,
    pageUrl: given.pageUrl,
    sessionId: came.sessionId,
    ...{ consentDenied: lostTo !== null, isUnconfirmed },
    textHash: hash,
    submittedAt: at,
    ...(came.sessionId ? null : visitTold),
  });
  const { optInBy: recordedBy, pageUrl } = given;
  const isTrusted = recordedBy !== null && spamScore < SPAM_SCORE && pageUrl !== '';
  if (isTrusted && !isUnconfirmed && isTicked(given.fields, setting)) {
    const { consentText: shownText } = setting;
    for (const number of numbers) {
      const ticked = { formSubmissionId: id, url: pageUrl, shownText, at, recordedBy };
      await recordFormOptIn(tx, platform, { accountId, companyId, number, ...ticked });
    }
  }
  await events.append(tx, accountId, [
    {
      definition: formSubmitted,
      companyId,
      subject: formSubject(id),
      subjectVersion: version,
      occurredAt: at,
      payload: { formSubmissionId: id, isFirst, spamScore },
    },
  ]);
}

function numbersOf({ fields, country }: NewForm): string[] {
  return findPerson(fields, country).knownBy.flatMap(({ kind, value }) =>
    kind === 'PHONE' ? [value] : [],
  );
}
