// Automation: rules that act on calls, texts, forms and chats for people, and tell which of them did what, and why. A domain
// of its own beside intelligence, which is about what was said: rules stand on its keywords and insights, act through
// interactions, and name webhooks' endpoints; notifications stand behind them, and follow `rule.fired` as they follow every event.
import type { AnyJobHandler } from '#platform/jobs/index.ts';
import type { Platform } from '#platform/platform.ts';
import { judgeRulesHandler } from './judge-rules.ts';
import { purgeJudgementsHandler } from './purge-judgements.ts';

export { judgeRulesJob, purgeJudgementsJob } from './jobs.ts';
export { firedRun } from './read-runs.ts';
export { runAutomation } from './run-automation.ts';

/** Who does this domain's jobs. */
export function automationJobHandlers(
  platform: Pick<Platform, 'db' | 'events' | 'clock' | 'log' | 'config'>,
): AnyJobHandler[] {
  return [judgeRulesHandler(platform), purgeJudgementsHandler(platform)];
}
