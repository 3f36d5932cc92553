// Seats of the Lead Center: who has one, whether they are there, and what they use of a month (rules.md, L01, L04, L24).
import { endsWithMember } from '#domains/accounts/index.ts';
import { endTelephones } from './end-telephones.ts';

export {
  type AgentUsage,
  countAgentMessage,
  exhausted,
  readAgentUsage,
} from './count-agent-message.ts';
export { agentUsageSubject } from './events.ts';
export { expirePresencesHandler, expirePresencesJob } from './jobs.ts';
export { type MessageLimits, STANDARD_LIMITS, type VersionedLimits } from './message-limits.ts';
export { monthOf } from './month-of.ts';
export { Agent as AgentNode, MessageLimits as MessageLimitsNode } from './schema.ts';
export { type Agent, readAgent, seatOf } from './store.ts';
export { holdSending, readSendingHold } from './store-holds.ts';
export { readMessageLimits } from './store-limits.ts';

endsWithMember(endTelephones);
