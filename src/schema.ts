// The schema of the whole house: one line per domain, in rank order.
import '#graphql/rate-limit.ts';
import '#domains/accounts/schema.ts';
import '#domains/activity/schema.ts';
import '#domains/numbers/schema.ts';
import '#domains/visitors/schema.ts';
import '#domains/installation/schema.ts';
import '#domains/leads/schema.ts';
import '#domains/consent/schema.ts';
import '#domains/agents/schema.ts';
import '#domains/interactions/schema.ts';
import '#domains/calls/schema.ts';
import '#domains/messages/schema.ts';
import '#domains/forms/schema.ts';
import '#domains/chats/schema.ts';
import '#domains/attribution/schema.ts';
import '#domains/merges/schema.ts';
import '#domains/reports/schema.ts';
import '#domains/transcripts/schema.ts';
import '#domains/intelligence/schema.ts';
import '#domains/webhooks/schema.ts';
import '#domains/automation/schema.ts';
import '#domains/notifications/schema.ts';
import '#domains/erasures/schema.ts';
import '#domains/lab/schema.ts';
import { builder } from '#graphql/builder.ts';
import { refuseNulInArguments } from '#graphql/refuse-nul.ts';

export const schema = refuseNulInArguments(builder.toSchema());
