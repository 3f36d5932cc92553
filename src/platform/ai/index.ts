// AI: what can be drawn from a conversation. One port; today's way through it works without a key (extractive.ts).
export { createExtractive } from './extractive.ts';
export {
  InsightError,
  type InsightProvider,
  type Turn,
  type WrittenInsight,
} from './port.ts';
