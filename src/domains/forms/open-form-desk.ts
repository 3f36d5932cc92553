// Takes the forms that pages send, once it is known whose site they are.
import { isbot } from 'isbot';
import { ensureSource } from '#domains/numbers/index.ts';
import {
  type AdmittedPage,
  readBody,
  requireEnabled,
  requireOwn,
  trustTime,
} from '#domains/visitors/index.ts';
import { openShortMemory } from '#platform/db/index.ts';
import { stableId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { formBodyShape } from './form-input.ts';
import { plain, screenFields } from './screen-fields.ts';
import { readFormSetting } from './store.ts';
import { storeForm } from './store-form.ts';

/** What reports file under it was lost to consent: it is told apart from what nobody knows, and from direct visits. */
const DENIED = { name: 'Unattributed: consent denied', medium: 'unknown', campaign: '' };

export interface FormDesk {
  /**
   * Stores a form, once however often its id comes. What bots send is stored too, with a score that says so.
   * @throws CollectRefused INVALID_INPUT, SITE_DISABLED, FORM_DOMAIN_NOT_ALLOWED
   */
  take(page: AdmittedPage, body: unknown): Promise<void>;
  /** What a page is told before it sends any: fields that it need not send; nothing where there are none. */
  tell(page: AdmittedPage): Promise<{ ignoredFields?: string[] }>;
}

/** Opens the desk. */
export function openFormDesk(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'secrets'>,
): FormDesk {
  const { db, clock } = platform;
  const memory = openShortMemory<string[]>();
  return {
    async tell({ site: { accountId, companyId } }) {
      const ignoredFields = await memory.read(companyId, async () => {
        const setting = await readFormSetting(db.prisma, accountId, companyId);
        return (setting?.ignoredFields ?? []).map(plain);
      });
      return ignoredFields.length > 0 ? { ignoredFields } : {};
    },
    async take({ site, agent }, given) {
      const body = readBody(formBodyShape, given);
      requireEnabled(site);
      requireOwn(site, body.url, 'FORM_DOMAIN_NOT_ALLOWED');
      const { accountId, companyId } = site;
      const { form, url: pageUrl, country, filledMs, trap } = body;
      const fields = screenFields(body.fields);
      const consentDenied = body.consent === 'denied' || body.consent === 'pending';
      const lostTo = consentDenied
        ? await ensureSource(platform, accountId, { companyId, ...DENIED })
        : null;
      await db.transaction((tx) =>
        storeForm(tx, platform, {
          ...{ accountId, companyId, form, pageUrl, fields, country },
          ...{ told: null, optInBy: 'system:forms', isUnconfirmed: body.sent === false },
          lostTo,
          // browsers make the ids of their forms: those of two companies have nothing to do with each other
          id: stableId('form', companyId, body.id),
          at: trustTime(body.at, clock.now(accountId)),
          visitorId: (!consentDenied && body.visitor) || null,
          sessionId: (!consentDenied && body.session) || null,
          signs: { trap, filledMs, isBot: isbot(agent.userAgent) },
        }),
      );
    },
  };
}
