// What the call becomes to others, once it is written down: keywords, insights, a search that finds the moment, and a
// webhook that a partner verifies.
import type { Api } from './api.ts';
import type { NextEvent } from './events.ts';
import {
  FindSaidDocument,
  ListenForDocument,
  TellMeDocument,
} from './operations/generated/graphql.ts';
import type { Partner } from './partner.ts';
import { clock, had, must, type Say } from './telling.ts';

/** What was prepared before the call. */
export interface Prepared {
  secret: string;
}

/** Says what to listen for, and whom to tell, before the call comes. */
export async function prepare(api: Api, companyId: string, partner: Partner): Promise<Prepared> {
  await api.ask(ListenForDocument, {
    input: {
      companyId,
      name: 'Bookings',
      keywords: [{ text: 'book', speaker: 'CALLER', tag: 'Booking' }, { text: 'credit card' }],
    },
  });
  const { createWebhookEndpoint } = await api.ask(TellMeDocument, {
    input: { url: partner.url, eventTypes: ['CALL_ENDED'], companyIds: [companyId] },
  });
  return { secret: had(createWebhookEndpoint.secret, 'the webhook has no secret') };
}

/** Tells of each once it was seen. */
export async function tellAftermath(
  api: Api,
  next: NextEvent,
  partner: Partner,
  { secret }: Prepared,
  say: Say,
): Promise<void> {
  const told = await partner.hears('call.ended', secret);
  say('webhook', `${told.type} told to a partner and verified, webhook-id ${told.id}`);

  const { hits } = await next('KeywordEvent', 'KEYWORD_SPOTTED');
  must(hits.length > 0, 'no keyword was spotted');
  say('keywords', `${hits.length} spotted`);
  for (const { startMs, speaker, keyword, quote } of hits) {
    say('', `  ${clock(startMs)} ${speaker.toLowerCase().padEnd(6)} ${keyword}: "${quote}"`);
  }

  const { insights } = await next('InsightEvent', 'INSIGHT_READY');
  const summary = had(
    insights.find(({ kind }) => kind === 'SUMMARY'),
    'there is no summary',
  );
  say('summary', summary.text ?? '');

  const { searchTranscripts } = await api.ask(FindSaidDocument, { query: 'garage door stuck' });
  const match = had(
    searchTranscripts.nodes[0]?.matches.find(({ words }) => words.length > 1),
    'the search found nothing',
  );
  say('found', `"garage door stuck" at ${clock(match.words[0]?.startMs ?? 0)}, ${marked(match)}`);
}

/** The segment with what was found in brackets. */
function marked({
  segment,
  words,
}: {
  segment: { text: string };
  words: { start: number; end: number }[];
}): string {
  let text = '';
  let at = 0;
  for (const { start, end } of words) {
    text += `${segment.text.slice(at, start)}[${segment.text.slice(start, end)}]`;
    at = end;
  }
  return text + segment.text.slice(at);
}
