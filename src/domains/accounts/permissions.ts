// The one table of rights: which scope and which roles each verb needs. Users and keys are judged by the same lines;
// a key acts as an ADMIN within its scopes and companies.
import type { EventType } from '#values/event-types.ts';
import { nameScope, type Role, SCOPES, type Scope } from '#values/scopes.ts';
import { seesCompany, type Viewer } from '#values/viewer.ts';
import { Forbidden } from './errors.ts';

interface Right {
  /** null: no scope needed, every key knows the companies it may see; several: one of them is enough */
  scope: Scope | null | readonly Scope[];
  roles: readonly Role[];
  /** touches the whole account: refused to viewers that are kept to some companies */
  accountWide?: true;
  /** about the asking person's own sign-in: refused to keys */
  personOnly?: true;
}

const ADMINS: readonly Role[] = ['ADMIN'];
const MANAGERS: readonly Role[] = ['ADMIN', 'MANAGER'];
const ANALYSTS: readonly Role[] = ['ADMIN', 'MANAGER', 'REPORTING'];
const STAFF: readonly Role[] = ['ADMIN', 'MANAGER', 'REPORTING', 'AGENT'];
const CHANNELS: readonly Scope[] = ['calls:read', 'forms:read', 'messages:read', 'chats:read'];

/** verb → who may do it. Roles follow product.md 2.14; a NOTIFICATION user only receives mail and does nothing. */
export const PERMISSIONS = {
  'calls.read': { scope: 'calls:read', roles: STAFF },
  'calls.tag': { scope: 'calls:write', roles: ANALYSTS },
  'calls.erase': { scope: 'calls:write', roles: ADMINS },
  'erasures.read': { scope: 'calls:read', roles: ADMINS },
  // who was told of a thing has to hear that it is gone; of it the event says no more than its id
  'erasures.hear': { scope: CHANNELS, roles: STAFF },
  'recordings.read': { scope: 'calls:read', roles: ANALYSTS },
  'recordings.delete': { scope: 'calls:write', roles: ADMINS },
  'voicemails.update': { scope: 'calls:write', roles: STAFF },
  'forms.read': { scope: 'forms:read', roles: STAFF },
  'forms.create': { scope: 'forms:write', roles: MANAGERS },
  'forms.tag': { scope: 'forms:write', roles: ANALYSTS },
  'forms.erase': { scope: 'forms:write', roles: ADMINS },
  'formSettings.read': { scope: 'settings:read', roles: MANAGERS },
  'formSettings.update': { scope: 'settings:write', roles: MANAGERS },
  'conversations.read': { scope: 'messages:read', roles: STAFF },
  'conversations.tag': { scope: 'messages:write', roles: ANALYSTS },
  'conversations.erase': { scope: 'messages:write', roles: ADMINS },
  'messages.send': { scope: 'messages:write', roles: ['ADMIN', 'MANAGER', 'AGENT'] },
  'chats.read': { scope: 'chats:read', roles: STAFF },
  'chats.tag': { scope: 'chats:write', roles: ANALYSTS },
  'chats.erase': { scope: 'chats:write', roles: ADMINS },
  'chats.answer': { scope: 'chats:write', roles: ['ADMIN', 'MANAGER', 'AGENT'] },
  'chatSettings.read': { scope: 'settings:read', roles: MANAGERS },
  'chatSettings.update': { scope: 'settings:write', roles: MANAGERS },
  'leads.read': { scope: 'leads:read', roles: STAFF },
  'consent.read': { scope: 'messages:read', roles: STAFF },
  'consent.record': { scope: 'messages:write', roles: STAFF },
  'consent.review': { scope: 'messages:write', roles: MANAGERS },
  'agents.read': { scope: 'agents:read', roles: STAFF },
  'agents.manage': { scope: 'agents:write', roles: ADMINS, accountWide: true },
  'agents.present': { scope: 'agents:write', roles: STAFF, personOnly: true },
  'messageLimits.read': { scope: 'messages:read', roles: STAFF },
  'messageLimits.update': { scope: 'settings:write', roles: ADMINS, accountWide: true },
  'leads.update': { scope: 'leads:write', roles: MANAGERS },
  'inbox.read': { scope: 'leads:read', roles: STAFF },
  'inbox.update': { scope: 'leads:write', roles: STAFF },
  'inbox.markRead': { scope: 'leads:read', roles: STAFF, personOnly: true },
  'inbox.configure': { scope: 'settings:write', roles: MANAGERS },
  'savedViews.write': { scope: 'leads:write', roles: STAFF },
  'savedViews.share': { scope: 'leads:write', roles: MANAGERS },
  'leads.annotate': { scope: 'leads:write', roles: STAFF },
  'leadFields.write': { scope: 'settings:write', roles: MANAGERS },
  'leads.merge': { scope: 'leads:write', roles: MANAGERS },
  'leads.erase': { scope: 'leads:write', roles: ADMINS },
  'leads.export': { scope: 'leads:read', roles: ADMINS },
  'transcripts.read': { scope: 'transcripts:read', roles: ANALYSTS },
  'transcripts.edit': { scope: 'calls:write', roles: ANALYSTS },
  'transcripts.raw': { scope: 'transcripts:raw', roles: ADMINS },
  'savedSearches.write': { scope: 'transcripts:read', roles: ANALYSTS },
  'savedSearches.writeAll': { scope: 'transcripts:read', roles: MANAGERS },
  'keywordSets.read': { scope: 'transcripts:read', roles: ANALYSTS },
  'keywordSets.create': { scope: 'settings:write', roles: MANAGERS },
  'keywordSets.update': { scope: 'settings:write', roles: MANAGERS },
  'keywordSets.delete': { scope: 'settings:write', roles: MANAGERS },
  'coaching.readOwn': { scope: 'agents:read', roles: STAFF, personOnly: true },
  'coachingRubrics.read': { scope: 'transcripts:read', roles: ANALYSTS },
  'coachingRubrics.update': { scope: 'settings:write', roles: MANAGERS },
  'insights.update': { scope: 'calls:write', roles: ANALYSTS },
  'insights.approve': { scope: 'calls:write', roles: ANALYSTS, personOnly: true },
  'personal.read': { scope: 'personal:read', roles: STAFF },
  'trackers.read': { scope: 'numbers:read', roles: ANALYSTS },
  'trackers.create': { scope: 'numbers:write', roles: MANAGERS },
  'trackers.update': { scope: 'numbers:write', roles: MANAGERS },
  'trackers.disable': { scope: 'numbers:write', roles: MANAGERS },
  'numbers.read': { scope: 'numbers:read', roles: ANALYSTS },
  'numbers.search': { scope: 'numbers:read', roles: MANAGERS },
  'numbers.order': { scope: 'numbers:write', roles: MANAGERS },
  'numbers.reserve': { scope: 'numbers:write', roles: MANAGERS },
  'numbers.update': { scope: 'numbers:write', roles: MANAGERS },
  'numbers.replace': { scope: 'numbers:write', roles: MANAGERS },
  'numbers.release': { scope: 'numbers:write', roles: MANAGERS },
  'registrations.read': { scope: 'numbers:read', roles: MANAGERS },
  'registrations.create': { scope: 'numbers:write', roles: MANAGERS },
  'registrations.update': { scope: 'numbers:write', roles: MANAGERS },
  'registrations.submit': { scope: 'numbers:write', roles: ADMINS },
  'sources.explain': { scope: 'numbers:read', roles: ANALYSTS },
  'sourceRules.read': { scope: 'settings:read', roles: MANAGERS },
  'sourceRules.write': { scope: 'settings:write', roles: MANAGERS },
  'numbers.assign': { scope: 'visitors:write', roles: MANAGERS },
  'sites.read': { scope: 'settings:read', roles: MANAGERS },
  'sites.update': { scope: 'settings:write', roles: MANAGERS },
  'sites.scan': { scope: 'settings:write', roles: MANAGERS },
  'visitors.read': { scope: 'leads:read', roles: STAFF },
  'reports.read': { scope: 'reports:read', roles: ANALYSTS },
  'costs.import': { scope: 'settings:write', roles: MANAGERS },
  'exports.create': { scope: 'reports:read', roles: ANALYSTS },
  'automation.read': { scope: 'settings:read', roles: MANAGERS },
  'automation.write': { scope: 'settings:write', roles: MANAGERS },
  'alertRules.read': { scope: 'notifications:read', roles: STAFF },
  'alertRules.readAll': { scope: 'notifications:read', roles: MANAGERS },
  'alertRules.write': { scope: 'notifications:write', roles: STAFF },
  'alertRules.writeAll': { scope: 'notifications:write', roles: MANAGERS },
  'pushSubscriptions.manage': { scope: 'notifications:write', roles: STAFF, personOnly: true },
  'webhooks.read': { scope: 'webhooks:read', roles: ADMINS },
  'webhooks.write': { scope: 'webhooks:write', roles: ADMINS },
  'companies.read': { scope: null, roles: STAFF },
  'companies.create': { scope: 'settings:write', roles: ADMINS, accountWide: true },
  'companies.update': { scope: 'settings:write', roles: ADMINS },
  'account.update': { scope: 'settings:write', roles: ADMINS, accountWide: true },
  'users.read': { scope: 'settings:read', roles: ADMINS, accountWide: true },
  'users.invite': { scope: 'settings:write', roles: ADMINS, accountWide: true },
  'users.changeRole': { scope: 'settings:write', roles: ADMINS, accountWide: true },
  'users.remove': { scope: 'settings:write', roles: ADMINS, accountWide: true },
  'sessions.manage': { scope: null, roles: STAFF, personOnly: true },
  'apiKeys.read': { scope: 'settings:read', roles: ADMINS },
  'apiKeys.create': { scope: 'settings:write', roles: ADMINS },
  'apiKeys.rotate': { scope: 'settings:write', roles: ADMINS },
  'apiKeys.revoke': { scope: 'settings:write', roles: ADMINS },
  'audit.read': { scope: 'settings:read', roles: ADMINS, accountWide: true },
  'carrier.read': { scope: 'settings:read', roles: ADMINS, accountWide: true },
  'carrier.configure': { scope: 'settings:write', roles: ADMINS, accountWide: true },
  'lab.playCall': { scope: 'sandbox:write', roles: MANAGERS },
  'lab.sendText': { scope: 'sandbox:write', roles: MANAGERS },
} as const satisfies Record<string, Right>;

/** Everything that somebody can be allowed or forbidden to do. */
export type Verb = keyof typeof PERMISSIONS;

/**
 * Refuses a viewer that may not do this.
 * @param companyId the company of the thing; null = a thing of no company; left out = not bound to a company
 * @throws Forbidden naming the missing scope, role or company, and what to do
 */
export function authorize(viewer: Viewer, verb: Verb, companyId?: string | null): void {
  const refusal = findRefusal(viewer, verb, companyId);
  if (refusal) throw refusal;
}

/** The same judgement as `authorize`, as an answer instead of an error. */
export function may(viewer: Viewer, verb: Verb, companyId?: string | null): boolean {
  return findRefusal(viewer, verb, companyId) === null;
}

/** The scopes that a role can make use of: what a signed-in person carries. */
export function scopesOfRole(role: Role): Scope[] {
  const rights: Right[] = Object.values(PERMISSIONS);
  return SCOPES.filter((scope) =>
    rights.some((right) => scopesOf(right).includes(scope) && right.roles.includes(role)),
  );
}

/** The scopes that a key needs for all of these verbs, as far as no other would do. */
export function scopesOfVerbs(verbs: readonly Verb[]): Scope[] {
  const needed = verbs.map((verb) => scopesOf(PERMISSIONS[verb]));
  return [...new Set(needed.filter((scopes) => scopes.length === 1).flat())];
}

/** The verb that a viewer needs to be told of an event of this type. */
export function verbOfEvent(type: EventType): Verb {
  const family = type.slice(0, type.indexOf('.')) as EventFamily;
  return EVENT_VERBS[family];
}

type EventFamily = EventType extends `${infer Family}.${string}` ? Family : never;

const EVENT_VERBS: Record<EventFamily, Verb> = {
  call: 'calls.read',
  form: 'forms.read',
  message: 'conversations.read',
  conversation: 'conversations.read',
  chat: 'chats.read',
  transcript: 'transcripts.read',
  keyword: 'transcripts.read',
  search: 'transcripts.read',
  insight: 'transcripts.read',
  rule: 'automation.read',
  lead: 'leads.read',
  consent: 'consent.read',
  agent: 'agents.read',
  number: 'numbers.read',
  registration: 'registrations.read',
  erasure: 'erasures.hear',
  policy: 'audit.read',
  pool: 'numbers.read',
  site: 'sites.read',
  webhook: 'webhooks.read',
  export: 'reports.read',
};

function scopesOf({ scope }: Right): readonly Scope[] {
  return scope === null ? [] : typeof scope === 'string' ? [scope] : scope;
}

function findRefusal(
  viewer: Viewer,
  verb: Verb,
  companyId: string | null | undefined,
): Forbidden | null {
  const right: Right = PERMISSIONS[verb];
  const isPerson = viewer.actor.kind === 'user';
  const { role } = viewer;
  const allowed = right.roles.join(' or ');
  if (right.personOnly && !isPerson) return personWanted();
  const scopes = scopesOf(right);
  const [needed] = scopes;
  if (needed && !scopes.some((scope) => viewer.scopes.includes(scope))) {
    const scope = nameScope(needed);
    const why = isPerson
      ? `Your role ${role} lacks the scope ${scope}; this takes the role ${allowed}. Ask an ADMIN for another role.`
      : `This key lacks the scope ${scope}. Make a key that has it with createApiKey, or ask an ADMIN for one.`;
    return new Forbidden('SCOPE', why, scope);
  }
  if (!right.roles.includes(role)) {
    const why = `Your role ${role} does not allow this; it takes the role ${allowed}. Ask an ADMIN for another role.`;
    return new Forbidden('ROLE', why);
  }
  const wayOut = isPerson
    ? 'Ask an ADMIN to widen your companies.'
    : 'Use a key that is not kept to other companies.';
  if (right.accountWide && viewer.companyIds !== null) {
    const why = `This concerns the whole account, not only your companies. ${wayOut}`;
    return new Forbidden('COMPANY', why);
  }
  if (companyId !== undefined && !seesCompany(viewer, companyId)) {
    return new Forbidden('COMPANY', `This company is not among yours. ${wayOut}`);
  }
  return null;
}

/** Why a key goes no further in what is about a person's own sign-in. */
export function personWanted(): Forbidden {
  return new Forbidden('PERSON', 'Only a person can do this, not a key. Sign in first.');
}
