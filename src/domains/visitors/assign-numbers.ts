// The numbers of a page that is made on a server: the same assignment as a browser's visit gets, so that the page comes
// with the right numbers in it. The page view itself is told by the browser, once it shows the page.
import { isbot } from 'isbot';
import { z } from 'zod';
import { type AnswerCodec, authorize, once } from '#domains/accounts/index.ts';
import { readSwapTrackers } from '#domains/numbers/index.ts';
import type { Tx } from '#platform/db/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { notFound } from '#values/refusals.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { deviceClass } from './device-class.ts';
import { judgeVisit } from './judge-visit.ts';
import type { OpenSite } from './open-site.ts';
import { planVisit, recallVisit } from './plan-visit.ts';
import { sourceOfVisit } from './source-of-visit.ts';
import { rulesOf } from './sources/rules/store-rules.ts';
import { readSession } from './store-sessions.ts';
import { readSite } from './store-sites.ts';
import { foreseePool, holdVisit, type Swap, swapsForBrowser, swapsOfSession } from './swaps.ts';
import { addressShape, referrerShape, shownNumbersShape } from './visit-input.ts';

const shape = z.object({
  companyId: z.uuid(),
  url: addressShape('url'),
  referrer: referrerShape,
  /** null: a visitor of whom nothing may be kept */
  visitorId: z
    .uuid(
      'visitorId takes the UUID in the browser’s cookie; leave it out for a visitor without consent.',
    )
    .toLowerCase()
    .nullish(),
  numbers: shownNumbersShape,
  userAgent: z.string().max(2_000, 'userAgent takes at most 2,000 characters.').nullish(),
  idempotencyKey: z.string().nullish(),
});

/** What a page is to show. */
export interface Assignment {
  /** null for a visitor of whom nothing is kept */
  sessionId: string | null;
  swaps: Swap[];
}

type Needs = Pick<Platform, 'db' | 'events' | 'clock' | 'limits'>;
type Own = Pick<
  OpenSite,
  'accountId' | 'companyId' | 'settings' | 'rules' | 'trackers' | 'isEnabled'
>;

/** What a company without a site has. */
const NO_SITE: OpenSite['settings'] & { enabled: boolean } = {
  enabled: true,
  domains: [],
  cookieDays: 90,
  paidClickOverrides: false,
  landingOverrideParameter: null,
  customCookies: [],
};

/**
 * Assigns numbers to a page.
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, IDEMPOTENCY_KEY_CONFLICT
 */
export async function assignNumbers(
  platform: Needs,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<Assignment> {
  authorize(viewer, 'numbers.assign');
  const { idempotencyKey, ...fields } = parseInput(shape, request);
  const site = await ownSite(platform, viewer, fields.companyId);
  const { url, referrer, visitorId, numbers } = fields;
  const userAgent = fields.userAgent ?? '';
  if (!site.isEnabled || (userAgent && isbot(userAgent))) return { sessionId: null, swaps: [] };
  const judged = judgeVisit(site, { url, referrer });
  if (!visitorId) {
    const swaps = swapsForBrowser(site, { url, referrer, words: judged.words, numbers });
    return { sessionId: null, swaps };
  }
  const { accountId } = viewer;
  const sourceId = await sourceOfVisit(platform, site, judged.words);
  const device = deviceClass(userAgent, undefined);
  const visit = { visitorId, url, referrer, judged, sourceId, device, customCookies: {} };
  const now = platform.clock.now(accountId);
  const hold = (tx: Tx) => holdVisit(platform, tx, site, { visitorId, numbers });
  const again: AnswerCodec<Assignment> = {
    store: ({ sessionId }) => ({ sessionId }),
    async restore(tx, { sessionId }) {
      await hold(tx);
      const session = await readSession(tx, accountId, String(sessionId));
      if (!session) throw notFound('idempotencyKey', 'VisitorSession');
      const recalled = await recallVisit(tx, session);
      const swaps = await swapsOfSession(platform, tx, site, recalled, numbers, now);
      return { sessionId: session.id, swaps };
    },
  };
  return once(
    platform,
    viewer,
    { mutation: 'assignNumbers', key: idempotencyKey, request: fields },
    async (tx) => {
      const page = { ...visit, pageView: null };
      const steps = {
        hold: () => hold(tx),
        foresee: () => foreseePool(tx, site, page, numbers, now),
      };
      const planned = await planVisit(tx, site, page, steps, now);
      const swaps = await swapsOfSession(platform, tx, site, planned, numbers, now);
      return { sessionId: planned.session.id, swaps };
    },
    again,
  );
}

async function ownSite({ db }: Needs, viewer: Viewer, companyId: string): Promise<Own> {
  const { accountId } = viewer;
  const where = { accountId_id: { accountId, id: companyId } };
  const company = seesCompany(viewer, companyId)
    ? await db.prisma.company.findUnique({ where, select: { status: true } })
    : null;
  if (!company) throw notFound('companyId', 'Company');
  const settings = (await readSite(db.prisma, accountId, companyId)) ?? NO_SITE;
  return {
    accountId,
    companyId,
    settings,
    isEnabled: settings.enabled && company.status === 'ACTIVE',
    rules: await rulesOf(db, accountId, companyId),
    trackers: await readSwapTrackers(db, accountId, companyId),
  };
}
