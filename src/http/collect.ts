// The door for the script on companies' pages: visits, page views, heartbeats, forms, and who visitors say to be.
import type { IncomingMessage } from 'node:http';
import type { IdentifyDesk } from '#domains/attribution/index.ts';
import type { FormDesk } from '#domains/forms/index.ts';
import type { Collector } from '#domains/visitors/index.ts';
import type { Log } from '#platform/log/index.ts';
import { answerJson } from './answer-json.ts';
import { greetPage, keepTo, parseObject, readBytes, refusePage } from './page-requests.ts';
import { readSender, requireOwnSite, type SenderNeeds } from './page-sender.ts';
import type { Door } from './start-http.ts';

const MOST_BYTES = 16 * 1024;
const MOST_BYTES_OF_FORM = 64 * 1024;
/** longer than any browser's name of itself */
const MOST_OF_USER_AGENT = 1_000;
/** twice what a burst of 1,000 a second asks for */
const PER_SITE = { name: 'collect-site', tries: 20_000, seconds: 10 };
/** forms make leads, and people send few */
const FORMS_PER_ADDRESS = { name: 'collect-forms', tries: 60, seconds: 60 };
/** at one company: each takes a number of its pools. Generous for an office, or for all who share a carrier's gateway */
const NEW_VISITORS_PER_ADDRESS = { name: 'collect-new-visitors', tries: 60, seconds: 60 };
/** pages may say it again on each view */
const IDENTIFIED_PER_ADDRESS = { name: 'collect-identify', tries: 300, seconds: 60 };

type Kind = 'visit' | 'pageView' | 'heartbeat' | 'form' | 'identify';
const PATHS: Record<string, Kind> = {
  '/collect/visit': 'visit',
  '/collect/page-view': 'pageView',
  '/collect/heartbeat': 'heartbeat',
  '/collect/form': 'form',
  '/collect/identify': 'identify',
};

interface Needs extends SenderNeeds {
  collector: Collector;
  forms: FormDesk;
  people: IdentifyDesk;
  log: Log;
}

/** Makes the door: a handler that answers false when the path is none of its own. */
export function collectDoor(needs: Needs): Door {
  return async (request, response, url) => {
    if (!url.pathname.startsWith('/collect/')) return false;
    const kind = Object.hasOwn(PATHS, url.pathname) ? PATHS[url.pathname] : undefined;
    if (greetPage(request, response, kind !== undefined) || !kind) return true;
    try {
      const told = await take(needs, kind, request);
      if (told) answerJson(response, 200, told, { 'cache-control': 'no-store' });
      else response.writeHead(204).end();
    } catch (thrown) {
      refusePage(needs.log, request, response, thrown);
    }
    return true;
  };
}

async function take(needs: Needs, kind: Kind, request: IncomingMessage): Promise<object | null> {
  const { collector, forms, people, limits } = needs;
  const from = await readSender(needs, request, kind === 'visit');
  const { address } = from;
  if (kind === 'form') await keepTo(limits, FORMS_PER_ADDRESS, address);
  if (kind === 'identify') await keepTo(limits, IDENTIFIED_PER_ADDRESS, address);
  const mostBytes = kind === 'form' ? MOST_BYTES_OF_FORM : MOST_BYTES;
  const body = parseObject(await readBytes(request, mostBytes));
  const { origin } = request.headers;
  const site = await collector.admit(body.key, origin, kind === 'form');
  requireOwnSite(from, site);
  await keepTo(limits, PER_SITE, site.companyId);
  const mobile = request.headers['sec-ch-ua-mobile'];
  const agent = {
    userAgent: (request.headers['user-agent'] ?? '').slice(0, MOST_OF_USER_AGENT),
    isMobile: typeof mobile === 'string' ? mobile : undefined,
  };
  const sender = {
    id: address,
    async bringsNewVisitor(companyId: string) {
      if (address) await keepTo(limits, NEW_VISITORS_PER_ADDRESS, `${address} ${companyId}`);
    },
  };
  const page = { site, agent, sender };
  if (kind === 'visit') {
    return { ...(await collector.visit(page, body)), ...(await forms.tell(page)) };
  }
  if (kind === 'form') await forms.take(page, body);
  else if (kind === 'identify') await people.take(page, body);
  else await collector[kind](page, body);
  return null;
}
