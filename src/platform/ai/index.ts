// AI: what can be drawn from a conversation. One port and two ways through it: rules that need no key (extractive.ts), and
// a language model of any provider (langchain.ts) that reads what it is shown (read-with-model.ts).
export { createExtractive, RULES_ENGINE, rulesRead } from './extractive.ts';
export { nameModel } from './name-model.ts';
export { type Assist, openAssist } from './open-assist.ts';
export {
  type Conversation,
  type Criterion,
  type Finding,
  InsightError,
  type InsightProvider,
  LEAD_SCORES,
  ModelAway,
  ReadingLeft,
  SIGNALS,
  type Signal,
  TASK_OWNERS,
  type TaskOwner,
  type Turn,
  type Usage,
  type WrittenInsight,
} from './port.ts';
export { DEFAULT_RUBRIC } from './reading-rules.ts';
export { canShow } from './signal-evidence.ts';
