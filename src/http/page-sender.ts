// Whose tries a page's request counts among: those of the address that it comes from. A server that renders a company's
// pages asks for all their visitors from one address, so it may prove by a key of the API whose it is, and say for whom it
// asks.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { authorize, Forbidden, Unauthenticated } from '#domains/accounts/index.ts';
import { CollectRefused } from '#domains/visitors/index.ts';
import type { Limits } from '#platform/limits/index.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { networkOf } from './client-address.ts';
import { type AddressNeeds, hashAddress, hashNetwork, keepTo } from './page-requests.ts';

/** a household or an office; its heartbeats alone are 80 an hour and visitor */
const PER_ADDRESS = { name: 'collect-address', tries: 3_000, seconds: 60 };
/** a thousand pages a second; what its sites may send in all is counted besides */
const PER_KEY = { name: 'collect-key', tries: 60_000, seconds: 60 };

export interface SenderNeeds extends AddressNeeds {
  limits: Pick<Limits, 'take'>;
  /** the viewer behind an Authorization header; throws Unauthenticated, DatabaseUnavailable */
  authenticate: (bearer: string) => Promise<Viewer>;
}

export interface PageSender {
  /** the MAC of the visitor's address; empty when a company's own server asks and does not say for whom */
  address: string;
  /** the key of the company's own server; null for a browser */
  viewer: Viewer | null;
}

/**
 * Reads who sends a request of a page, and counts it.
 * @param mayBeServer whether a key is looked at: browsers are not let send one
 * @throws CollectRefused RATE_LIMITED; UNAUTHENTICATED for a key that is not good; FORBIDDEN when it may not assign numbers
 */
export async function readSender(
  needs: SenderNeeds,
  request: IncomingMessage,
  mayBeServer: boolean,
): Promise<PageSender> {
  const { limits, secrets } = needs;
  const { authorization, 'visitor-address': told } = request.headers;
  if (!mayBeServer || !authorization) {
    const address = hashAddress(request, needs);
    await keepTo(limits, PER_ADDRESS, address);
    return { address, viewer: null };
  }
  const viewer = await viewerOf(needs, request, authorization);
  await keepTo(limits, PER_KEY, viewer.actor.id);
  // what is no address is as good as none: the key's own limit holds
  if (typeof told !== 'string' || !isIP(told)) return { address: '', viewer };
  const address = hashNetwork(secrets, networkOf(told));
  await keepTo(limits, PER_ADDRESS, address);
  return { address, viewer };
}

/** A key speaks for the sites of its own companies. Throws CollectRefused FORBIDDEN. */
export function requireOwnSite(
  { viewer }: PageSender,
  { accountId, companyId }: { accountId: string; companyId: string },
): void {
  if (!viewer || (viewer.accountId === accountId && seesCompany(viewer, companyId))) return;
  throw new CollectRefused('FORBIDDEN', 'This API key is not for the company of this site.');
}

async function viewerOf(
  needs: SenderNeeds,
  request: IncomingMessage,
  authorization: string,
): Promise<Viewer> {
  try {
    const viewer = await needs.authenticate(authorization);
    authorize(viewer, 'numbers.assign');
    return viewer;
  } catch (thrown) {
    if (!(thrown instanceof Unauthenticated || thrown instanceof Forbidden)) throw thrown;
    // who tries keys is counted where he is
    await keepTo(needs.limits, PER_ADDRESS, hashAddress(request, needs));
    throw new CollectRefused(thrown.code, thrown.message);
  }
}
