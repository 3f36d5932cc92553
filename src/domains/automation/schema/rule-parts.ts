// What a rule consists of: when it is judged, what it asks, what it does.
import { Actor } from '#domains/accounts/index.ts';
import { SettableLeadStatus } from '#domains/interactions/index.ts';
import { builder } from '#graphql/builder.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { describeCondition } from '../describe-condition.ts';
import { ID_FIELDS } from '../rule-shape.ts';
import type {
  RuleAction as Action,
  RuleCondition as Condition,
  ConditionSubject,
  RuleActionKind as Kind,
  RuleTrigger as Trigger,
} from '../rule-words.ts';

export const RuleTrigger = builder.enumType('RuleTrigger', {
  description:
    'A moment at which automation rules are judged. Calls gone by that are looked through or read again bring none: neither requestKeywordScan nor a redaction of the past has a rule act.',
  values: {
    CALL_ENDED: {
      description: 'A call is over, or the carrier has corrected its outcome.',
    },
    KEYWORD_SPOTTED: {
      description:
        'Keywords were found in what was said on a call, or in other places than before.',
    },
    INSIGHT_READY: { description: 'Insights were drawn from what was said on a call.' },
    MESSAGE_RECEIVED: { description: 'Somebody sent a text. Rules fire for each text by itself.' },
    FORM_SUBMITTED: { description: 'Somebody sent a form.' },
    CHAT_OPENED: { description: 'A visitor opened a chat, or took one up again.' },
    CHAT_MESSAGE_RECEIVED: {
      description:
        'A visitor wrote in a chat, also the message that opens it. Rules fire for each message by itself; those that take this moment are not judged at CHAT_OPENED besides.',
    },
    CHAT_ENDED: { description: 'An agent ended a chat.' },
  } as const satisfies Record<Trigger, object>,
});

export const RuleConditionSubject = builder.enumType('RuleConditionSubject', {
  description: 'What a condition of an automation rule asks about.',
  values: {
    KIND: { description: 'The channel: CALL, CONVERSATION, FORM, CHAT.' },
    DIRECTION: { description: 'Of a call: INBOUND, OUTBOUND.' },
    OUTCOME: {
      description: 'Of a call: ANSWERED, MISSED, ABANDONED, VOICEMAIL, BUSY, FAILED.',
    },
    TRACKER: { description: 'The tracker that a call or text came by, by `trackerIds`.' },
    SOURCE: { description: 'The name of the source, in capitals or not.' },
    MEDIUM: { description: 'The medium of the source.' },
    CAMPAIGN: { description: 'The campaign of the source.' },
    LANDING_PAGE: {
      description:
        'The address of the first page of the visit that the source was taken from (`landingPageUrl`) has one of these in it, in capitals or not: `/doors`.',
    },
    REFERRER: {
      description:
        'The address of the page before the landing page, as the browser told, has one of these in it.',
    },
    SEARCH_KEYWORD: {
      description:
        'What was searched for (`keyword` of the interaction, where the search engine or the ad tells it) has one of these words: whole words, several side by side; `plumb*` for the beginning of one.',
    },
    ACTIVE_PAGE: {
      description:
        'The address of the page that a form was sent from, a chat was opened on, or was last opened in the visit before a call or first text came (`session`), has one of these in it.',
    },
    DURATION_SECONDS: {
      description:
        'How long a call lasted from ring to end: `minSeconds`, `maxSeconds` or both, both included.',
    },
    FIRST_CONTACT: {
      description:
        'It is the first call, or form, of this person; with `isNot` a repeated one, or one of whom that is not told.',
    },
    LEAD_STATUS: {
      description: 'The status: GOOD_LEAD, NOT_A_LEAD, PREVIOUSLY_MARKED_GOOD_LEAD, NOT_SCORED.',
    },
    TAG: { description: 'It has one of these tags.' },
    KEYWORD: {
      description:
        'One of these keywords of a keyword set was said on the call. Takes KEYWORD_SPOTTED or INSIGHT_READY in place of CALL_ENDED, at which nothing is written down yet.',
    },
    KEYWORD_SET: {
      description:
        'A keyword of one of these sets was said, by `keywordSetIds`. At the moments of KEYWORD.',
    },
    LEAD_SCORE: {
      description:
        'The lead score that insights gave: VERY_POOR, POOR, FAIR, GOOD, VERY_GOOD. Only a language model gives one. Of the moments of a call it takes INSIGHT_READY alone.',
    },
    SIGNAL: {
      description:
        'A signal that insights found: APPOINTMENT_BOOKED, SALE_MADE and others. Of the moments of a call it takes INSIGHT_READY alone.',
    },
    FORM_FIELD: {
      description:
        'A field of the form (`field`, or any) has one of these words: whole words, several side by side; `plumb*` for the beginning of one.',
    },
    TEXT: {
      description:
        'The text or chat message that came, or at CHAT_OPENED and CHAT_ENDED what the visitor wrote in the chat (the newest 50), has one of these words: whole words, several side by side; `plumb*` for the beginning of one.',
    },
  } as const satisfies Record<ConditionSubject, object>,
});

export const RuleCondition = builder.objectRef<Condition>('RuleCondition').implement({
  description: 'One condition of an automation rule; all of them have to hold.',
  fields: (t) => ({
    about: t.expose('about', { type: RuleConditionSubject, description: 'What it asks about.' }),
    values: t.stringList({
      description: 'What it is compared with: one of these has to fit. Empty where it takes ids.',
      extensions: { listSize: 5 },
      resolve: ({ about, values }) => (ID_FIELDS[about] ? [] : values),
    }),
    trackerIds: t.idList({
      description: 'Of TRACKER: the trackers of which one has to fit; else empty.',
      extensions: { listSize: 5 },
      resolve: (condition) => idsOf(condition, 'TRACKER'),
    }),
    keywordSetIds: t.idList({
      description: 'Of KEYWORD_SET: the sets of which one has to fit; else empty.',
      extensions: { listSize: 5 },
      resolve: (condition) => idsOf(condition, 'KEYWORD_SET'),
    }),
    minSeconds: t.exposeInt('minSeconds', {
      nullable: true,
      description: 'Of DURATION_SECONDS: at least so many; null for no bound.',
    }),
    maxSeconds: t.exposeInt('maxSeconds', {
      nullable: true,
      description: 'Of DURATION_SECONDS: at most so many; null for no bound.',
    }),
    field: t.exposeString('field', {
      nullable: true,
      description: 'Of FORM_FIELD: the name of the field; null for any.',
    }),
    isNot: t.exposeBoolean('isNot', { description: 'It holds where it would not.' }),
    text: t.string({ description: 'What it asks for, in words.', resolve: describeCondition }),
  }),
});

function idsOf({ about, values }: Condition, wanted: ConditionSubject): string[] {
  const named = ID_FIELDS[about];
  return named && about === wanted ? values.map((id) => encodeGlobalId(named.typename, id)) : [];
}

export const RuleActionKind = builder.enumType('RuleActionKind', {
  description:
    'What an action of an automation rule does. One version of a rule does ADD_TAGS, REMOVE_TAGS, SET_LEAD_STATUS, SET_VALUE and ASSIGN once for an interaction, also where it fires for each message of it: what people change after it stands.',
  values: {
    ADD_TAGS: { description: 'Puts tags on the interaction.' },
    REMOVE_TAGS: { description: 'Takes tags off it.' },
    SET_LEAD_STATUS: { description: 'Marks it as a good lead, as none, or takes that back.' },
    SET_VALUE: { description: 'Says what it is worth.' },
    SCORE: {
      description:
        'Gives it points; `ruleScore` of the interaction sums them up, those of each rule once, however many messages it fired for.',
    },
    NOTIFY: {
      description:
        'Mails members that the rule fired, without what was said or by whom; at most 20 times an hour.',
    },
    ASSIGN: { description: 'Hands it to a member in the inbox.' },
    WEBHOOK: {
      description:
        'Tells RULE_FIRED to webhook endpoints, also to those that do not follow it; to none whose owner may not read rules (SETTINGS_READ).',
    },
  } as const satisfies Record<Kind, object>,
});

export const RuleAction = builder.objectRef<Action>('RuleAction').implement({
  description: 'One action of an automation rule; they are done in their order.',
  fields: (t) => ({
    kind: t.expose('kind', { type: RuleActionKind, description: 'What it does.' }),
    tags: t.stringList({
      description: 'Of ADD_TAGS and REMOVE_TAGS: the tags; else empty.',
      extensions: { listSize: 5 },
      resolve: (action) => ('tags' in action ? action.tags : []),
    }),
    leadStatus: t.field({
      type: SettableLeadStatus,
      nullable: true,
      description: 'Of SET_LEAD_STATUS: the status.',
      resolve: (action) => ('leadStatus' in action ? action.leadStatus : null),
    }),
    valueCents: t.float({
      nullable: true,
      description: 'Of SET_VALUE: the value in cents of the account’s currency.',
      resolve: (action) => ('valueCents' in action ? action.valueCents : null),
    }),
    points: t.int({
      nullable: true,
      description: 'Of SCORE: the points.',
      resolve: (action) => ('points' in action ? action.points : null),
    }),
    users: t.field({
      type: [Actor],
      description: 'Of NOTIFY and ASSIGN: the members; else empty.',
      extensions: { listSize: 2 },
      resolve: (action) => {
        const ids = action.kind === 'ASSIGN' ? [action.userId] : [];
        return (action.kind === 'NOTIFY' ? action.userIds : ids).map((id) => `user:${id}`);
      },
    }),
    webhookEndpointIds: t.idList({
      description: 'Of WEBHOOK: the endpoints; else empty.',
      extensions: { listSize: 2 },
      resolve: (action) =>
        action.kind === 'WEBHOOK'
          ? action.endpointIds.map((id) => encodeGlobalId('WebhookEndpoint', id))
          : [],
    }),
  }),
});
