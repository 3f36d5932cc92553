// Begins a scan of a company's website: one at a time, of hosts that the website names.
import { z } from 'zod';
import { answerById, audit, authorize, once } from '#domains/accounts/index.ts';
import { hostOf, matchHost, readSite } from '#domains/visitors/index.ts';
import { newId } from '#platform/ids/index.ts';
import type { Platform } from '#platform/platform.ts';
import { parseInput } from '#values/parse-input.ts';
import { invalidInput, notFound, policyRefused } from '#values/refusals.ts';
import { nameActor, seesCompany, type Viewer } from '#values/viewer.ts';
import { scansSubject } from './events.ts';
import { scanSiteJob } from './jobs.ts';
import { followed } from './pages/crawl-scope.ts';
import { findUnderWay, insertScan, keepNewestScans, readScan, type ScanRow } from './store.ts';

const MOST_PAGES = 500;
const USUAL_PAGES = 100;
/** scans that are kept of a company, this one included */
const KEPT_SCANS = 10;
const PAGES = `maxPages takes 1 to ${MOST_PAGES}.`;
const URL_ERROR = 'url takes the http or https address of a page, up to 2,000 characters.';

const shape = z.object({
  companyId: z.uuid(),
  url: z.string(URL_ERROR).max(2_000, URL_ERROR),
  maxPages: z.int(PAGES).min(1, PAGES).max(MOST_PAGES, PAGES).nullish(),
  idempotencyKey: z.string().nullish(),
});

/**
 * Begins a scan; a job does it. Of older scans of the company the newest nine are kept.
 * @param request.url the page to begin with, of a host that the site names (in TEST accounts this machine's too)
 * @param request.maxPages 100 when left out
 * @throws Forbidden; Refused INVALID_INPUT, NOT_FOUND, WRONG_STATE while another one is under way,
 *   IDEMPOTENCY_KEY_CONFLICT
 */
export async function scanSite(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'jobs' | 'outbound'>,
  viewer: Viewer,
  request: z.input<typeof shape>,
): Promise<ScanRow> {
  authorize(viewer, 'sites.scan');
  const { idempotencyKey: key, ...wanted } = parseInput(shape, request);
  const { events, clock, jobs, outbound } = platform;
  const { companyId } = wanted;
  const { accountId, mode } = viewer;
  if (!seesCompany(viewer, companyId)) throw notFound('companyId', 'Company');
  return once(
    platform,
    viewer,
    { mutation: 'scanSite', key, request: wanted },
    async (tx) => {
      await events.lock(tx, accountId, [scansSubject(companyId)]);
      const site = await readSite(tx, accountId, companyId);
      if (!site) throw notFound('companyId', 'Site');
      const url = readUrl(wanted.url, { domains: site.domains, mode });
      const refusal = outbound.refusalOf(url);
      if (refusal) throw invalidInput('url', `url cannot be scanned: ${refusal}.`);
      const other = await findUnderWay(tx, accountId, companyId);
      if (other) {
        const message = `A scan of this website is under way since ${other.createdAt.toISOString()}. Wait for its end, or end it with cancelSiteScan.`;
        throw policyRefused('WRONG_STATE', message, { field: 'companyId' });
      }
      await keepNewestScans(tx, accountId, companyId, KEPT_SCANS - 1);
      const scan = await insertScan(tx, {
        accountId,
        id: newId(),
        companyId,
        url,
        maxPages: wanted.maxPages ?? USUAL_PAGES,
        requestedBy: nameActor(viewer.actor),
        createdAt: clock.now(accountId),
      });
      await jobs.enqueue(
        tx,
        scanSiteJob,
        { accountId, scanId: scan.id },
        { singletonKey: scan.id },
      );
      await audit(tx, viewer, clock, { action: 'scanSite', subject: `siteScan:${scan.id}` });
      return scan;
    },
    answerById('SiteScan', (tx, id) => readScan(tx, accountId, id)),
  );
}

/** The address as scans write it. Throws Refused INVALID_INPUT. */
function readUrl(text: string, hosts: Parameters<typeof matchHost>[1]): string {
  const host = hostOf(text);
  if (host === null) throw invalidInput('url', URL_ERROR);
  if (!matchHost(host, hosts)) {
    const message = `url takes a page of the website’s own domains; ${host} is none of them. Add it with updateSite.`;
    throw invalidInput('url', message);
  }
  const url = followed(text, text, { ...hosts, url: text });
  if (!url) throw invalidInput('url', `${URL_ERROR} A file such as a PDF is no page.`);
  return url;
}
