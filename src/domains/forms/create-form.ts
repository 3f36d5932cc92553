// A form that the API is given: from a server, an older system, a form builder.
import { z } from 'zod';
import { type AnswerCodec, audit, authorize, may, once } from '#domains/accounts/index.ts';
import {
  addressShape,
  judgeReferral,
  readSession,
  referrerShape,
} from '#domains/visitors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { callingCodeOfCountry } from '#values/phone-number.ts';
import { invalidInput, notFound } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { formSubject } from './events.ts';
import { faultOfFields, formShape, storableFields } from './form-input.ts';
import { screenFields } from './screen-fields.ts';
import { storeForm } from './store-form.ts';

const COUNTRY = 'country takes an ISO 3166-1 alpha-2 code, such as GB.';

const shape = z.object({
  companyId: z.uuid(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })).min(1, {
    error: 'fields takes at least one field.',
  }),
  form: formShape,
  pageUrl: addressShape('pageUrl').nullish(),
  sessionId: z.uuid().nullish(),
  landingPageUrl: addressShape('landingPageUrl').nullish(),
  referrer: referrerShape,
  submittedAt: z.date().nullish(),
  country: z
    .string(COUNTRY)
    .refine((code) => callingCodeOfCountry(code) !== null, COUNTRY)
    .nullish(),
  idempotencyKey: z.string().nullish(),
});

const FORM_ID: AnswerCodec<string> = {
  store: (formId) => ({ formId }),
  restore: async (_tx, stored) => String(stored.formId),
};

/**
 * Stores a form as one from a page would be: screened, scored, its lead found or made.
 * A ticked box of it is an opt-in only by a viewer that may record consent.
 * @param request.fields 1 to 200; names of up to 200 characters, values of up to 10,000
 * @param request.sessionId the visit it was sent in, which tells the source; else landingPageUrl and referrer do
 * @param request.submittedAt not after now; absent = now
 * @param request.country ISO 3166-1 alpha-2, of numbers that name none; absent = US and Canada
 * @returns its id. Throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, IDEMPOTENCY_KEY_CONFLICT.
 */
export async function createForm(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'limits' | 'secrets'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<string> {
  authorize(viewer, 'forms.create');
  const input = parseInput(shape, request);
  const { companyId, sessionId, landingPageUrl, referrer, idempotencyKey } = input;
  const { accountId } = viewer;
  const { db, clock } = platform;
  const fault = faultOfFields(input.fields);
  if (fault) throw invalidInput('fields', fault.message);
  if (sessionId && (landingPageUrl || referrer)) {
    const message = 'Give sessionId, or landingPageUrl and referrer: a session has its own.';
    throw invalidInput('sessionId', message);
  }
  if (referrer && !landingPageUrl && !sessionId) {
    const message = 'referrer is read together with landingPageUrl: give both, or neither.';
    throw invalidInput('referrer', message);
  }
  const now = clock.now(accountId);
  const at = input.submittedAt ?? now;
  if (at > now) throw invalidInput('submittedAt', 'submittedAt takes a time that has passed.');
  const where = { accountId_id: { accountId, id: companyId } };
  const company = await db.prisma.company.findUnique({ where, select: { id: true } });
  if (!company || !seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
  const session = sessionId ? await readSession(db.prisma, accountId, sessionId) : null;
  if (sessionId && session?.companyId !== companyId) throw notFound('sessionId', 'VisitorSession');
  if (session && at < session.startedAt) {
    throw invalidInput('submittedAt', 'submittedAt takes a time within the visit of sessionId.');
  }
  const told = landingPageUrl
    ? await judgeReferral(platform, { accountId, companyId }, { url: landingPageUrl, referrer })
    : null;
  const fields = screenFields(storableFields(input.fields));
  const { idempotencyKey: _, ...stable } = request;
  return once(
    platform,
    viewer,
    { mutation: 'createFormSubmission', key: idempotencyKey, request: stable },
    async (tx) => {
      const id = newId();
      await storeForm(tx, platform, {
        ...{ accountId, companyId, id, at, told, form: input.form },
        pageUrl: input.pageUrl ?? '',
        fields,
        country: input.country ?? '',
        ...{ lostTo: null, isUnconfirmed: false },
        visitorId: session?.visitorId ?? null,
        sessionId: sessionId ?? null,
        optInBy: may(viewer, 'consent.record', companyId) ? nameActor(viewer.actor) : null,
        signs: { trap: null, filledMs: null, isBot: false },
      });
      await audit(tx, viewer, clock, {
        action: 'createFormSubmission',
        subject: formSubject(id),
        after: { companyId },
      });
      return id;
    },
    FORM_ID,
  );
}
