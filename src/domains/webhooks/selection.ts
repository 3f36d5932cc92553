// What a body tells: the endpoint's own selection on Event, or the default one, which says for each type of event what
// most receivers ask for.
import type { DocumentNode } from 'graphql';
import { BadSelection, type Selections } from '#graphql/selections.ts';
import { invalidInput } from '#values/refusals.ts';

/** The default selection. A type that is not named here tells what every event does. */
export const DEFAULT_SELECTION = `{
  id
  type
  occurredAt
  subjectVersion
  company { id name }
  ... on CallEvent {
    reason
    changes
    call {
      id direction state outcome from to firstCall priorCalls
      startedAt answeredAt endedAt durationSeconds ringSeconds talkSeconds
      source { name medium campaign }
      tracker { id name }
      lead { id name status }
      tags { name }
      note leadStatus value { amountCents currencyCode } spam version
    }
  }
  ... on FormEvent {
    formChanges: changes
    formSubmission {
      id submittedAt formUrl isFirst spamScore spamReasons
      form { id name action }
      fields { name value }
      source { name medium campaign }
      lead { id name phoneNumbers emails status }
      tags { name }
      note leadStatus value { amountCents currencyCode } version
    }
  }
  ... on MessageEvent {
    isFirst
    suggestsOptOut
    failure
    message { id direction state text from to at segments failure media { state contentType url } }
    conversation {
      id startedBy phoneNumber
      source { name medium campaign }
      lead { id name status }
    }
  }
  ... on ConversationEvent {
    conversationChanges: changes
    conversation {
      id startedBy customerNumber phoneNumber state lastMessageAt
      source { name medium campaign }
      lead { id name phoneNumbers emails status }
      tags { name }
      note leadStatus value { amountCents currencyCode } version
    }
  }
  ... on ChatEvent {
    isReopened
    reader
    seq
    chatChanges: changes
    chatMessage: message { id seq author text at files { name contentType sizeBytes url } }
    chat {
      id chatState: state pageUrl lastSeq visitorReadSeq agentReadSeq lastMessageAt endedAt
      visitor { name email phoneNumber }
      source { name medium campaign }
      lead { id name phoneNumbers emails status }
      tags { name }
      note leadStatus value { amountCents currencyCode } version
    }
  }
  ... on TranscriptEvent { reason liveSegment { speaker startMs } call { id version } }
  ... on KeywordEvent { isLive liveHits { keyword speaker startMs } hits { keyword startMs } call { id version } }
  ... on SearchEvent { savedSearch { id name } call { id version } }
  ... on InsightEvent { reason call { id version } }
  ... on RuleEvent {
    run {
      id ruleName definitionVersion trigger messageId at points
      conditions { isMet actual condition { about text } }
      actions { outcome code reason action { kind } }
      interaction { id occurredAt leadStatus version }
    }
  }
  ... on LeadEvent {
    leadChanges: changes
    lead { id name phoneNumbers emails status version }
    mergedLead { id }
  }
  ... on LeadErasureEvent { leadId }
  ... on ConsentEvent { entryKind: kind consent { id phoneNumber state version } }
  ... on AgentPresenceEvent { presence presenceReason: reason agent { id name version } }
  ... on AgentUsageEvent { percent messages limit agent { id name } }
  ... on NumberEvent { status phoneNumber { id number status } tracker { id name } }
  ... on RegistrationEvent {
    registrationState: state
    brandRegistration { id reason }
    campaignRegistration { id reason }
  }
  ... on PoolEvent { levelPercent leased total tracker { id name } }
  ... on SiteScanEvent { siteScan { id url state } }
  ... on ExportEvent { export { id kind format state rowCount url expiresAt } }
  ... on ErasureEvent { callId interactionId }
  ... on PolicyEvent { code mutation actor policyLimit: limit current }
  ... on WebhookEvent { pauseReason webhookEndpoint { id url state } }
}`;

const MAX_CHARACTERS = 10_000;

/** The document of a stored selection; null stands for the default one. Throws BadSelection. */
export function readSelection(selections: Selections, query: string | null): DocumentNode {
  return selections.read(query ?? DEFAULT_SELECTION);
}

/**
 * Judges a selection that is to be stored.
 * @throws Refused INVALID_INPUT on the field query, with the reason
 */
export function checkSelection(selections: Selections, query: string | null): void {
  if (query !== null && query.length > MAX_CHARACTERS) {
    throw invalidInput('query', `query takes at most ${MAX_CHARACTERS} characters.`);
  }
  try {
    readSelection(selections, query);
  } catch (thrown) {
    if (!(thrown instanceof BadSelection)) throw thrown;
    throw invalidInput('query', thrown.message);
  }
}
