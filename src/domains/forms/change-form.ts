// What people change on a form: note, value, lead status, tags. The change, the audit entry and form.updated are one
// transaction; an idempotency key makes a repeated request harmless.
import { type AnswerCodec, authorize, once } from '#domains/accounts/index.ts';
import { changeInteraction, type InteractionChange } from '#domains/interactions/index.ts';
import type { Platform } from '#platform/platform.ts';
import type { Viewer } from '#values/viewer.ts';
import { requireForm } from './read-forms.ts';

/** a repetition is answered with the form as it is then */
const FORM_ID: AnswerCodec<string> = {
  store: (formId) => ({ formId }),
  restore: async (_tx, stored) => String(stored.formId),
};

/**
 * Changes a form. Absent = unchanged, null = cleared.
 * @returns the form's id
 * @throws Refused INVALID_INPUT, NOT_FOUND, VERSION_CONFLICT, ALREADY_GOOD_LEAD, IDEMPOTENCY_KEY_CONFLICT; Forbidden
 */
export async function changeForm(
  platform: Pick<Platform, 'db' | 'events' | 'clock'>,
  viewer: Viewer,
  input: Omit<InteractionChange, 'interactionId' | 'kind' | 'verb'> & {
    formId: string;
    idempotencyKey?: string | null | undefined;
  },
): Promise<string> {
  authorize(viewer, 'forms.tag');
  const { formId, idempotencyKey, ...change } = input;
  await requireForm(platform.db, viewer, formId);
  const verb = 'updateFormSubmission';
  const request = { mutation: verb, key: idempotencyKey, request: { formId, ...change } };
  return once(
    platform,
    viewer,
    request,
    async (tx) => {
      const about = { interactionId: formId, kind: 'FORM' as const, verb };
      await changeInteraction(tx, platform, viewer, { ...change, ...about });
      return formId;
    },
    FORM_ID,
  );
}
