// Seats of the Lead Center: who has one, whether they are there, and what they use of a month (rules.md, L01, L04, L24).
export {
  type AgentUsage,
  countAgentMessage,
  exhausted,
  readAgentUsage,
} from './count-agent-message.ts';
export { agentUsageSubject } from './events.ts';
export { expirePresencesHandler, expirePresencesJob } from './jobs.ts';
export { Agent as AgentNode } from './schema.ts';
export { type Agent, readAgent, seatOf } from './store.ts';
