// An account with something of everything, each piece marked: whatever of it shows up elsewhere is a leak.
import { randomUUID } from 'node:crypto';
import { peopleOf } from '#tests/support/people.ts';
import type { Town } from '#tests/support/town.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import type { Data } from '../../demo/api.ts';
import { openMarkedChat } from './marked-chat.ts';
import { eraseMarked } from './marked-erasure.ts';
import {
  CALLER,
  FORGOTTEN,
  idsOfRules,
  markBrowser,
  markRules,
  markWords,
  PIECES,
} from './marked-pieces.ts';
import { scanWebsite, speakLive } from './marked-rows.ts';
import { openSeat } from './marked-seat.ts';
import { receiveMarkedText } from './marked-text.ts';
import { uuidOf } from './others.ts';

/** Stands in every name and text. */
export const MARK = 'MARK-OF-THE-FIRST-COMPANY';

export interface MarkedAccount {
  /** node type → global id of an instance in the first company (or of the account) */
  ids: Record<string, string>;
  /** the same for things that are no nodes, but that events name */
  named: Record<string, string>;
  /** texts that nobody else may be shown: marks, numbers, what was said */
  secrets: string[];
  /** texts that belong to the whole account */
  accountSecrets: string[];
  /** global id of the account's other company */
  otherCompanyId: string;
}

/** Fills the town's account; it has one call, recorded and written down, in its first company. */
export async function fillMarkedAccount(town: Town): Promise<MarkedAccount> {
  const companyId = (await town.ask('{ companies(first: 1) { nodes { id } } }')).companies.nodes[0]
    .id;
  await change(town, 'updateCompany', { companyId, name: MARK });
  const made = await town.ask(
    'mutation($input: CreateCompanyInput!) { createCompany(input: $input) { company { id } userErrors { message } } }',
    { input: { name: 'The other company' } },
  );
  await markWords((name, input) => change(town, name, input), companyId, MARK);
  await change(town, 'createWebhookEndpoint', {
    companyIds: [companyId],
    url: `https://partner.example/${MARK}`,
    eventTypes: ['CALL_ENDED', 'INSIGHT_READY'],
    description: MARK,
  });
  const person = await peopleOf(town).arrives({ email: 'marked@example.com' });
  const tracker = await town.tracker({
    name: `${MARK} tracker`,
    source: { name: MARK, campaign: MARK },
    recording: true,
    transcription: true,
    whisper: `${MARK}.`,
    match: { kind: 'LANDING_URL', landing: MARK },
  });
  town.business(tracker).is('answer', { say: 'garage-door' });
  const { availablePhoneNumbers } = await town.ask(
    '{ availablePhoneNumbers(areaCode: "512") { phoneNumber } }',
  );
  await change(town, 'createSessionTracker', {
    companyId,
    name: `${MARK} website`,
    destination: '+13125550191',
    numbers: [{ phoneNumber: availablePhoneNumbers[1].phoneNumber }],
    poolMatch: { landings: [MARK], referrers: [MARK] },
  });
  await change(town, 'reservePhoneNumbers', {
    companyId,
    phoneNumbers: [availablePhoneNumbers[0].phoneNumber],
  });
  await change(town, 'createBrandRegistration', { companyId, displayName: MARK, email: MARK });
  await change(town, 'createCampaignRegistration', { companyId, samples: [MARK] });
  const caller = town.caller(CALLER);
  caller.dials(tracker, { say: 'garage-door', callerName: MARK });
  await town.sees('INSIGHT_READY');
  await town.sees('KEYWORD_SPOTTED');
  await town.sees('RULE_FIRED');
  await town.until('a delivery was tried', async () => {
    const { webhookDeliveries } = await town.ask(
      '{ webhookDeliveries(first: 1) { nodes { id } } }',
    );
    return webhookDeliveries.nodes[0];
  });
  const [call] = (await town.ask('{ calls { nodes { id lead { id } } } }')).calls.nodes;
  await speakLive(town, uuidOf(call.id), MARK);
  await change(town, 'tagCall', { callId: call.id, tags: [MARK] });
  await change(town, 'updateCall', { callId: call.id, note: MARK });
  await change(town, 'updateLead', { leadId: call.lead.id, name: MARK });
  await receiveMarkedText(town, tracker.number, caller.from, MARK);
  const ofLeadCenter = await openSeat(town, { companyId, number: caller.from }, MARK);
  await change(town, 'createLeadNote', { leadId: call.lead.id, text: MARK });
  await change(town, 'drawLeadInsights', { leadId: call.lead.id });
  await change(town, 'createLeadField', { companyId, name: MARK, type: 'TEXT' });
  await openWebsite(town, companyId);
  await scanWebsite(town, uuidOf(companyId), MARK);
  const quiet = await town.tracker();
  town.business(quiet).is('busy');
  const forgotten = town.caller(FORGOTTEN);
  forgotten.dials(quiet, { afterBeep: 'voicemail-message' });
  const { call: ended } = await town.sees('CALL_ENDED', (e) => e.call.from === forgotten.from);
  const erased = await eraseMarked(town, ended.id, companyId);
  await change(town, 'importCosts', {
    companyId,
    importKey: MARK,
    rows: [{ date: '2026-03-02', source: MARK, amountCents: 1, currencyCode: 'USD' }],
  });
  const email = await markRules((name, input) => change(town, name, input), companyId, MARK);
  // after the erasure, which ends the exports of its company
  const range = { from: '2020-01-01', to: '2029-12-31' };
  await change(town, 'createExport', { kind: 'CALLS', format: 'JSONL', range });
  const found = await town.until(
    'the export and the insights of call and lead are ready',
    async () => {
      const pieces = await town.ask(PIECES);
      const ofCall = pieces.calls.nodes.flatMap(({ insights }: Data) => insights);
      const isDrawn =
        pieces.leads.nodes.some(({ insights }: Data) => insights.length > 0) &&
        ofCall.some(({ tasks }: Data) => tasks.length > 0);
      return pieces.exports.nodes[0].state === 'READY' && isDrawn ? pieces : null;
    },
  );
  const company = found.companies.nodes.find(({ id }: { id: string }) => id === companyId);
  const lead = found.leads.nodes.find(({ id }: { id: string }) => id === call.lead.id);
  const ids: Record<string, string> = {
    ...ofLeadCenter,
    ...erased,
    Account: found.viewer.account.id,
    Company: companyId,
    ApiKey: found.apiKeys.nodes[0].id,
    User: person.id,
    Session: person.session.id,
    AuditEntry: found.auditLog.nodes[0].id,
    Tracker: found.trackers.nodes[0].id,
    Source: found.trackers.nodes[0].source.id,
    TrackingNumber: found.phoneNumbers.nodes[0].id,
    NumberReservation: found.numberReservations.nodes[0].id,
    BrandRegistration: company.brandRegistration.id,
    CampaignRegistration: company.campaignRegistration.id,
    Lead: lead.id,
    Call: found.calls.nodes[0].id,
    Tag: found.calls.nodes[0].tags[0].id,
    Insight: found.calls.nodes[0].insights[0].id,
    KeywordSet: found.keywordSets.nodes[0].id,
    SourceRule: company.sourceRules.nodes[0].id,
    LeadNote: lead.notes.nodes[0].id,
    LeadInsight: lead.insights[0].id,
    LeadField: company.leadFields[0].id,
    WebhookEndpoint: found.webhookEndpoints.nodes[0].id,
    WebhookDelivery: found.webhookDeliveries.nodes[0].id,
    VisitorSession: found.visitorSessions.nodes[0].id,
    FormSubmission: found.formSubmissions.nodes[0].id,
    ChatConversation: found.chats.nodes[0].id,
    ChatMessage: found.chats.nodes[0].messages.nodes[0].id,
    Conversation: found.conversations.nodes[0].id,
    Message: found.conversations.nodes[0].messages.nodes[0].id,
    SiteScan: found.siteScans.nodes[0].id,
    Export: found.exports.nodes[0].id,
    ...idsOfRules(found),
    PushSubscription: await markBrowser(person.browser, MARK),
  };
  const where = { callId: uuidOf(ids.Call ?? '') };
  const { prisma } = town.server.platform.db;
  const row = await prisma.call.findFirstOrThrow({ where: { id: where.callId } });
  const recording = await prisma.recording.findFirstOrThrow({ where });
  const transcript = await prisma.transcript.findFirstOrThrow({ where });
  const [{ insights, recording: sound }] = found.calls.nodes;
  return {
    ids,
    named: {
      Recording: encodeGlobalId('Recording', recording.id),
      Transcript: encodeGlobalId('Transcript', transcript.id),
      TranscriptSegment: encodeGlobalId('TranscriptSegment', `${transcript.id}:0`),
    },
    secrets: [
      MARK,
      email,
      caller.from,
      tracker.number,
      availablePhoneNumbers[0].phoneNumber,
      ...[recording.id, transcript.id, row.carrierSessionId, recording.carrierRecordingId ?? ''],
      ...insights.map(({ text }: { text: string }) => text),
      ...sound.transcript.segments.map(({ text }: { text: string }) => text),
    ].filter((text) => text.length > 8),
    accountSecrets: [person.email],
    otherCompanyId: made.createCompany.company.id,
  };
}

/** A page of the company's is opened by somebody whose click, cookie and address are marked, and a form sent from it. */
async function openWebsite(town: Town, companyId: string): Promise<void> {
  const word = MARK.toLowerCase();
  const { updateSite } = await town.ask(
    `mutation($input: UpdateSiteInput!) { updateSite(input: $input) {
       site { publishableKey } userErrors { code message field } } }`,
    { input: { companyId, domains: [`${word}.example`], customCookies: [MARK] } },
  );
  const origin = `https://${word}.example`;
  const visitor = randomUUID();
  const url = `${origin}/?utm_source=${MARK}&utm_campaign=${MARK}&gclid=${MARK}`;
  const post = async (path: string, body: object): Promise<Response> => {
    const response = await fetch(`${town.server.url}/collect/${path}`, {
      method: 'POST',
      headers: { origin, 'user-agent': 'Mozilla/5.0 (X11; Linux x64) Chrome/140.0.0.0' },
      body: JSON.stringify({
        key: updateSite.site.publishableKey,
        ...{ visitor, at: 0, id: randomUUID(), url },
        ...body,
      }),
    });
    if (!response.ok) throw new Error(await response.text());
    return response;
  };
  const visited = await post('visit', {
    referrer: `https://${word}.example.com/`,
    title: MARK,
    consent: 'granted',
    numbers: [],
    cookies: { [MARK]: MARK },
  });
  const { session } = (await visited.json()) as { session: string };
  await post('form', {
    session,
    form: { id: MARK, name: MARK, action: MARK },
    fields: { name: MARK, email: `${word}@example.com`, message: MARK },
  });
  await change(town, 'updateChatSettings', { companyId, enabled: true });
  const { publishableKey: key } = updateSite.site;
  await openMarkedChat(town.server.url, { key, origin, session }, MARK);
}

async function change(town: Town, mutation: string, input: object): Promise<void> {
  const Name = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  await town.ask(
    `mutation($input: ${Name}Input!) { ${mutation}(input: $input) { userErrors { code message field } } }`,
    { input },
  );
}
