// What this domain announces.
import { z } from 'zod';
import { defineEvent } from '#platform/events/index.ts';
import { TRIGGERS } from './rule-words.ts';

/** A rule fired and has acted. Who is to be told stands in it: notifications and webhooks read that from here. */
export const ruleFired = defineEvent('rule.fired', {
  runId: z.uuid(),
  ruleId: z.uuid(),
  definitionVersion: z.int(),
  interactionId: z.uuid(),
  /** the text, or message in a chat, that it fired for; absent at other moments, and of events from before it was told */
  messageId: z.uuid().optional(),
  trigger: z.enum(TRIGGERS),
  /** members who are to get a mail */
  userIds: z.array(z.uuid()),
  /** webhook endpoints that get it even if they do not follow the type */
  endpointIds: z.array(z.uuid()),
});
