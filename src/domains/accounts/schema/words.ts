// The enums of the rights: roles and scopes as GraphQL names them.
import { builder } from '#graphql/builder.ts';
import { nameScope, type Role, type Scope } from '#values/scopes.ts';

const ROLE_DESCRIPTIONS: Record<Role, string> = {
  ADMIN: 'May do everything, in every company. API keys act as ADMIN within their scopes.',
  MANAGER: 'Reads and changes calls, leads and trackers of the companies given.',
  REPORTING: 'Reads, listens, notes, tags and scores in the companies given.',
  AGENT: 'Reads calls and leads, to answer and call back.',
  NOTIFICATION: 'Only receives alerts; may do nothing here.',
};

export const RoleEnum = builder.enumType('Role', {
  description: 'What a person may do in an account.',
  values: valuesOf(ROLE_DESCRIPTIONS, (role) => role),
});

const SCOPE_DESCRIPTIONS: Record<Scope, string> = {
  'calls:read': 'Read calls, their recordings and their events.',
  'calls:write': 'Tag, note, score and correct calls.',
  'forms:read': 'Read forms and their events.',
  'forms:write': 'Bring in forms; tag, note and score them.',
  'messages:read': 'Read texts, whom they may be sent to, and their events.',
  'chats:read': 'Read chats of the company’s website.',
  'chats:write': 'Answer chats, and change what people keep on them.',
  'messages:write': 'Send texts, and record who agreed to them or refused.',
  'leads:read': 'Read leads and their events, and the sessions of visitors.',
  'leads:write': 'Change leads.',
  'transcripts:read':
    'Read redacted transcripts, the keywords and insights found in them, and their events.',
  'transcripts:raw':
    'Hear recordings before, or without, redaction, and look at words as they were heard, where those are kept.',
  'numbers:read': 'Read trackers and phone numbers, and search for numbers on offer.',
  'numbers:write': 'Make and change trackers, and order numbers.',
  'agents:read': 'Read agents, their presence and usage, and their events.',
  'agents:write': 'Give and take seats; hold one’s own.',
  'visitors:write':
    'Ask for the numbers that a page shows to a visitor, for pages made on a server.',
  'reports:read': 'Read reports, and export what the other scopes allow to read.',
  'notifications:read': 'Read who is told of what by mail.',
  'notifications:write': 'Have people told of what comes in.',
  'webhooks:read': 'Read webhook endpoints, their deliveries and their events.',
  'webhooks:write': 'Make, change, test and replay webhooks.',
  'settings:read': 'Read users, API keys, websites, carrier settings and the audit log.',
  'settings:write':
    'Change the account, companies, websites, users, API keys, keyword sets and carrier settings.',
  'personal:read': 'See telephone numbers, names and addresses in full instead of masked.',
  'sandbox:write': 'Place scripted calls in a TEST account.',
};

export const ScopeEnum = builder.enumType('Scope', {
  description: 'What an API key is good for; `calls:read` is CALLS_READ.',
  values: valuesOf(SCOPE_DESCRIPTIONS, nameScope),
});

function valuesOf<Word extends string>(
  words: Record<Word, string>,
  nameOf: (word: Word) => string,
) {
  const entries = Object.entries<string>(words) as [Word, string][];
  return Object.fromEntries(
    entries.map(([value, description]) => [nameOf(value), { value, description }]),
  ) as Record<string, { value: Word; description: string }>;
}
