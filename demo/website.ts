// The story of a website: a pool of numbers for its visitors, a click on an ad, the number that this visitor is shown,
// a call on it, and what it is put down to; then a form. The browser is played by what swap.js sends; a real one is in tests/browser.
import { randomUUID } from 'node:crypto';
import type { Api } from './api.ts';
import type { NextEvent } from './events.ts';
import {
  HaveItCalledDocument,
  NumbersOnOfferDocument,
  OpenWebsiteDocument,
  SeeAttributionDocument,
  SeeFormDocument,
  SeeVisitorDocument,
} from './operations/generated/graphql.ts';
import { had, must, type Say } from './telling.ts';

export const ORIGIN = 'https://www.bluebird.example';
const AD = `${ORIGIN}/?gclid=demo-click&utm_source=google&utm_medium=cpc&utm_campaign=Springs`;
/** the number that the pages show by themselves */
const PRINTED = '+12125550180';
const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** The website as it is left, and its visitor. */
export interface Website {
  /** its publishable key */
  key: string;
  visitorId: string;
  sessionId: string;
}

/** Tells of each step once it was seen. */
export async function tellWebsite(
  api: Api,
  companyId: string,
  next: NextEvent,
  say: Say,
): Promise<Website> {
  const { trackerId, key } = await openWebsite(api, companyId, next, say);
  const visitor = randomUUID();
  const { number, sessionId } = await clickAd(api, key, visitor);
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
  await tellForm(api, next, { key, visitor, session: sessionId }, say);
  await next('CallEvent', 'CALL_ENDED', isIt);
  return { key, visitorId: visitor, sessionId };
}

/** The same visitor fills the contact form. */
async function tellForm(api: Api, next: NextEvent, browser: object, say: Say): Promise<void> {
  const fields = { name: 'Rosa Miller', email: 'rosa@example.com', message: 'Springs, please' };
  const form = { id: 'contact', name: 'Contact', action: '/thanks' };
  await post(api, 'form', { ...browser, url: `${ORIGIN}/contact`, form, fields, filledMs: 9_000 });
  const { formSubmission } = await next('FormEvent', 'FORM_SUBMITTED');
  const { id } = had(formSubmission, 'the form is gone');
  const isIt = (event: { formSubmission?: { id: string } | null; changes?: string[] | null }) =>
    event.formSubmission?.id === id && (event.changes?.includes('attribution') ?? false);
  await next('FormEvent', 'FORM_UPDATED', isIt);
  const { node } = await api.ask(SeeFormDocument, { formId: id });
  const sent = had(node && 'fields' in node ? node : null, 'the form cannot be read');
  must(sent.fields.length === 3, 'the form has other fields');
  say('form sent', `${sent.lead?.name}, ${sent.lead?.emails.join()}, source ${sent.source?.name}`);
  const attribution = had(sent.attribution, 'the form was put down to nothing');
  say('attributed', `${attribution.session?.sourceName}. ${attribution.explanation}`);
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
async function clickAd(
  api: Api,
  key: string,
  visitor: string,
): Promise<{ number: string; sessionId: string }> {
  const page = { url: AD, referrer: 'https://www.google.com/', title: 'Bluebird Garage Doors' };
  const body = { key, visitor, ...page, consent: 'granted', numbers: [PRINTED] };
  const response = await post(api, 'visit', body);
  const { session, swaps } = (await response.json()) as {
    session: string;
    swaps: { target: string; number: string }[];
  };
  const { number } = had(
    swaps.find(({ target }) => target === PRINTED),
    'no number was given',
  );
  return { number, sessionId: session };
}

/** Sends it as a page of the website does. */
export async function post(api: Api, path: string, body: object): Promise<Response> {
  const response = await fetch(`${api.url}/collect/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      origin: ORIGIN,
      'user-agent': BROWSER,
    },
    body: JSON.stringify({ id: randomUUID(), at: Date.now(), ...body }),
  });
  must(response.ok, `the ${path} was answered ${response.status}`);
  return response;
}
