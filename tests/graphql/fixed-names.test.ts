// The names that were promised to partners before there was a server: fields may grow beside them, none of them changes.
import { isInterfaceType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '#schema';

const INTERACTION = 'company lead occurredAt source attribution tags note value leadStatus';

/** What is still to come is not here: flows, placing calls, integrations, a call's agent. */
const PROMISED: [type: string, fields: string][] = [
  [
    'Query',
    `viewer node nodes companies trackers phoneNumbers availablePhoneNumbers calls conversations formSubmissions chats leads
     agents keywordSets searchTranscripts events webhookEndpoints webhookDeliveries callSummary callTimeSeries
     attributionReport explainSource automationRules canSendMessage rateLimit`,
  ],
  ['Subscription', 'events liveCalls conversation transcript'],
  ['Interaction', INTERACTION],
  ['Event', 'id cursor type occurredAt company'],
  ['UserError', 'code message field'],
  [
    'Call',
    `id direction state outcome ratingClass from to tracker startedAt answeredAt endedAt durationSeconds ringSeconds
     talkSeconds firstCall priorCalls legs steps recording voicemail transcript keywordHits insights medium campaign keyword
     landingPageUrl referrer clickIds session touchpoints spam version ${INTERACTION}`,
  ],
  ['Recording', 'url durationSeconds channels peaks noticeEndedAt state failure'],
  ['Transcript', 'segments engine language redacted'],
  ['TranscriptSegment', 'speaker startMs endMs text words'],
  ['KeywordHit', 'keyword speaker startMs quote'],
  ['Attribution', 'credits confidence candidates explanation'],
  [
    'Lead',
    `id name phoneNumbers emails company status value interactions events milestones insights tags notes assignee
     customFields mergedFrom consent`,
  ],
  [
    'Tracker',
    `id name type status company phoneNumbers destination source whisper recording transcription poolSize utilisation`,
  ],
  [
    'Conversation',
    `id phoneNumber messages state assignee consentState lastMessageAt ${INTERACTION}`,
  ],
  ['Message', 'id direction state text media segments failure sentBy at'],
  ['FormSubmission', `id fields form formUrl page session isFirst spamScore ${INTERACTION}`],
  ['ChatConversation', `id state messages visitor agent ${INTERACTION}`],
  ['Agent', 'id user presence usage'],
  ['AgentUsage', 'messages limits resetsAt'],
  ['Insight', 'kind text items model engine generatedAt reviewedBy notice'],
  ['InsightItem', 'text quote segmentId startMs'],
];

/** The arguments that were promised with a name. */
const ARGUMENTS: [type: string, field: string, args: string][] = [
  ['Query', 'availablePhoneNumbers', 'areaCode near tollFree'],
  ['Query', 'searchTranscripts', 'query filter first after'],
  ['Query', 'events', 'filter after first'],
  ['Query', 'callSummary', 'groupBy filter'],
  ['Query', 'attributionReport', 'model groupBy filter'],
  ['Query', 'explainSource', 'url referrer companyId'],
  ['Subscription', 'events', 'filter after'],
  ['Subscription', 'liveCalls', 'companyId'],
  ['Subscription', 'conversation', 'id'],
  ['Subscription', 'transcript', 'callId'],
  ['Call', 'attribution', 'model'],
];

const ENUMS: [name: string, values: string][] = [
  ['CallDirection', 'INBOUND OUTBOUND'],
  ['CallState', 'RINGING IN_PROGRESS ENDED'],
  ['CallOutcome', 'ANSWERED MISSED ABANDONED VOICEMAIL BUSY FAILED'],
  ['RatingClass', 'UNLIMITED METERED'],
  ['LeadStatus', 'GOOD_LEAD NOT_A_LEAD PREVIOUSLY_MARKED_GOOD_LEAD NOT_SCORED'],
  ['TrackerType', 'SOURCE SESSION'],
  ['ConversationState', 'ACTIVE REVIEWED SNOOZED'],
  ['ChatState', 'OPEN ENDED'],
  ['AgentPresence', 'OFFLINE AVAILABLE BUSY WRAP_UP AWAY'],
  ['InsightKind', 'SUMMARY SENTIMENT ACTION_PLAN COACHING FOLLOW_UP_EMAIL'],
];

const fieldsOf = (name: string) => {
  const type = schema.getType(name);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
};
const namesOf = (text: string) => text.split(/\s+/);

it.each(PROMISED)('%s has the fields that were promised', (type, fields) => {
  const known = fieldsOf(type);
  expect(namesOf(fields).filter((name) => !known[name])).toEqual([]);
});

it.each(ARGUMENTS)('%s.%s has the arguments that were promised', (type, field, args) => {
  const known = fieldsOf(type)[field]?.args.map(({ name }) => name);
  expect(known).toEqual(expect.arrayContaining(namesOf(args)));
});

it.each(ENUMS)('%s has the values that were promised', (name, values) => {
  const type = schema.getType(name);
  const known = type && 'getValues' in type ? type.getValues().map((value) => value.name) : [];
  expect(known).toEqual(expect.arrayContaining(namesOf(values)));
});
