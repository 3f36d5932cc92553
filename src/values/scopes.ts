// The words of the rights table: what a key may be given, and the roles that people have.

/** Every scope that an API key can carry; `graphql-api.md` fixes the names. */
export const SCOPES = [
  'calls:read',
  'calls:write',
  'forms:read',
  'forms:write',
  'messages:read',
  'messages:write',
  'chats:read',
  'chats:write',
  'leads:read',
  'leads:write',
  'transcripts:read',
  'transcripts:raw',
  'numbers:read',
  'numbers:write',
  'agents:read',
  'agents:write',
  'visitors:write',
  'reports:read',
  'notifications:read',
  'notifications:write',
  'webhooks:read',
  'webhooks:write',
  'settings:read',
  'settings:write',
  'personal:read',
  'sandbox:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** A scope as the API spells it: calls:read is CALLS_READ. */
export function nameScope(scope: Scope): string {
  return scope.replace(':', '_').toUpperCase();
}

/** What a person may be in an account (product's user roles). */
export const ROLES = ['ADMIN', 'MANAGER', 'REPORTING', 'AGENT', 'NOTIFICATION'] as const;
export type Role = (typeof ROLES)[number];
