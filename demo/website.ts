// The story of a website: a pool of numbers for its visitors, a click on an ad, the number that this visitor is shown,
// a call on it, and what it is put down to. The browser is played by what swap.js sends; a real one is in tests/browser.
import { randomUUID } from 'node:crypto';
import type { Api } from './api.ts';
import type { NextEvent } from './events.ts';
import {
  HaveItCalledDocument,
  NumbersOnOfferDocument,
  OpenWebsiteDocument,
  SeeAttributionDocument,
  SeeVisitorDocument,
} from './operations/generated/graphql.ts';
import { had, must, type Say } from './telling.ts';

const ORIGIN = 'https://www.bluebird.example';
const AD = `${ORIGIN}/?gclid=demo-click&utm_source=google&utm_medium=cpc&utm_campaign=Springs`;
/** the number that the pages show by themselves */
const PRINTED = '+12125550180';
const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** Tells of each step once it was seen. */
export async function tellWebsite(
  api: Api,
  companyId: string,
  next: NextEvent,
  say: Say,
): Promise<void> {
  const { trackerId, key } = await openWebsite(api, companyId, next, say);
  const visitor = randomUUID();
  const number = await clickAd(api, key, visitor);
  must(number !== PRINTED, 'the visitor is shown the printed number');
  const { visitorSessions, node } = await api.ask(SeeVisitorDocument, {
    visitorId: visitor,
    trackerId,
  });
  const session = had(visitorSessions.nodes[0], 'the visit made no session');
  const { leased, total } = had(
    node && 'utilisation' in node ? node.utilisation : null,
    'the pool is gone',
  );
  say(
    'ad clicked',
    `${session.sourceName}, ${session.medium}, "${session.campaign}"; the page shows ${number} for ${PRINTED}, ${leased} of ${total} held`,
  );
  await api.ask(HaveItCalledDocument, {
    input: { trackerId, to: number, from: '+14155550156', hangUpAfterSeconds: 6 },
  });
  const isIt = ({ call }: { call?: { to?: string | null } | null }) => call?.to === number;
  const { call } = await next('CallEvent', 'CALL_RINGING', isIt);
  say('visitor calls', `${call?.from} dials ${call?.to}`);
  await next(
    'CallEvent',
    'CALL_UPDATED',
    (event) => isIt(event) && (event.changes?.includes('attribution') ?? false),
  );
  const { node: judged } = await api.ask(SeeAttributionDocument, {
    callId: had(call, 'the call is gone').id,
  });
  const attribution = had(
    judged && 'attribution' in judged ? judged.attribution : null,
    'the call was put down to nothing',
  );
  must(attribution.session?.sourceName === session.sourceName, 'it is another visit');
  say('attributed', `${attribution.session?.sourceName}. ${attribution.explanation}`);
  await next('CallEvent', 'CALL_ENDED', isIt);
}

async function openWebsite(api: Api, companyId: string, next: NextEvent, say: Say) {
  const { availablePhoneNumbers } = await api.ask(NumbersOnOfferDocument, { areaCode: '415' });
  const numbers = availablePhoneNumbers.slice(0, 2);
  const { createSessionTracker, updateSite } = await api.ask(OpenWebsiteDocument, {
    pool: { companyId, name: 'Website', destination: PRINTED, numbers },
    site: { companyId, domains: ['bluebird.example'] },
  });
  for (const { phoneNumber } of numbers) {
    await next(
      'NumberEvent',
      'NUMBER_STATUS_CHANGED',
      (event) => event.phoneNumber?.number === phoneNumber && event.phoneNumber.status === 'ACTIVE',
    );
  }
  say('pool bought', `${numbers.length} numbers for visitors of bluebird.example`);
  return {
    trackerId: had(createSessionTracker.tracker, 'no pool was made').id,
    key: had(updateSite.site, 'no site was made').publishableKey,
  };
}

/** What swap.js asks for when the ad's page is opened: the number to show. */
async function clickAd(api: Api, key: string, visitor: string): Promise<string> {
  const response = await fetch(`${api.url}/collect/visit`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      origin: ORIGIN,
      'user-agent': BROWSER,
    },
    body: JSON.stringify({
      key,
      visitor,
      id: randomUUID(),
      at: Date.now(),
      url: AD,
      referrer: 'https://www.google.com/',
      title: 'Bluebird Garage Doors',
      consent: 'granted',
      numbers: [PRINTED],
    }),
  });
  must(response.status === 200, `the visit was answered ${response.status}`);
  const { swaps } = (await response.json()) as { swaps: { target: string; number: string }[] };
  return had(
    swaps.find(({ target }) => target === PRINTED),
    'no number was given',
  ).number;
}
