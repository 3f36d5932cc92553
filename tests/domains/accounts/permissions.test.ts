// The rights table against expectations that were written on their own: role × scope × verb, every cell.
import { describe, expect, it } from 'vitest';
import {
  authorize,
  may,
  PERMISSIONS,
  scopesOfRole,
  type Verb,
  verbOfEvent,
} from '#domains/accounts/permissions.ts';
import { EVENT_TYPES } from '#values/event-types.ts';
import { ROLES, SCOPES } from '#values/scopes.ts';
import { person } from './town.ts';

const ACCOUNT = '0190a000-0000-7000-8000-000000000001';
const MINE = '0190a000-0000-7000-8000-00000000000a';
const OTHER = '0190a000-0000-7000-8000-00000000000b';

// a column per role: A admin, M manager, R reporting, G agent, N notification; w = needs the whole account
const EXPECTED = `
calls.read           calls:read         A M R G -
calls.tag            calls:write        A M R - -
calls.erase          calls:write        A - - - -
erasures.read        calls:read         A - - - -
erasures.hear        calls:read|forms:read|messages:read|chats:read A M R G -
recordings.read      calls:read         A M R - -
recordings.delete    calls:write        A - - - -
voicemails.update    calls:write        A M R G -
forms.read           forms:read         A M R G -
forms.create         forms:write        A M - - -
forms.tag            forms:write        A M R - -
forms.erase          forms:write        A - - - -
formSettings.read    settings:read      A M - - -
formSettings.update  settings:write     A M - - -
conversations.read   messages:read      A M R G -
conversations.tag    messages:write     A M R - -
conversations.erase  messages:write     A - - - -
messages.send        messages:write     A M - G -
chats.read           chats:read         A M R G -
chats.tag            chats:write        A M R - -
chats.erase          chats:write        A - - - -
chats.answer         chats:write        A M - G -
chatSettings.read    settings:read      A M - - -
chatSettings.update  settings:write     A M - - -
leads.read           leads:read         A M R G -
consent.read         messages:read      A M R G -
consent.record       messages:write     A M R G -
consent.review       messages:write     A M - - -
agents.read          agents:read        A M R G -
agents.manage        agents:write       A - - - - w
agents.present       agents:write       A M R G -
messageLimits.read   messages:read      A M R G -
messageLimits.update settings:write     A - - - - w
leads.update         leads:write        A M - - -
inbox.read           leads:read         A M R G -
inbox.update         leads:write        A M R G -
inbox.markRead       leads:read         A M R G -
inbox.configure      settings:write     A M - - -
savedViews.write     leads:write        A M R G -
savedViews.share     leads:write        A M - - -
leads.annotate       leads:write        A M R G -
leadFields.write     settings:write     A M - - -
leads.merge          leads:write        A M - - -
leads.erase          leads:write        A - - - -
leads.export         leads:read         A - - - -
transcripts.read     transcripts:read   A M R - -
transcripts.edit     calls:write        A M R - -
transcripts.raw      transcripts:raw    A - - - -
savedSearches.write  transcripts:read   A M R - -
savedSearches.writeAll transcripts:read A M - - -
keywordSets.read     transcripts:read   A M R - -
keywordSets.create   settings:write     A M - - -
keywordSets.update   settings:write     A M - - -
keywordSets.delete   settings:write     A M - - -
coaching.readOwn     agents:read        A M R G -
coachingRubrics.read transcripts:read   A M R - -
coachingRubrics.update settings:write   A M - - -
insights.update      calls:write        A M R - -
insights.approve     calls:write        A M R - -
personal.read        personal:read      A M R G -
trackers.read        numbers:read       A M R - -
trackers.create      numbers:write      A M - - -
trackers.update      numbers:write      A M - - -
trackers.disable     numbers:write      A M - - -
numbers.read         numbers:read       A M R - -
numbers.search       numbers:read       A M - - -
numbers.order        numbers:write      A M - - -
numbers.reserve      numbers:write      A M - - -
numbers.update       numbers:write      A M - - -
numbers.replace      numbers:write      A M - - -
numbers.release      numbers:write      A M - - -
registrations.read   numbers:read       A M - - -
registrations.create numbers:write      A M - - -
registrations.update numbers:write      A M - - -
registrations.submit numbers:write      A - - - -
sources.explain      numbers:read       A M R - -
sourceRules.read     settings:read      A M - - -
sourceRules.write    settings:write     A M - - -
numbers.assign       visitors:write     A M - - -
sites.read           settings:read      A M - - -
sites.update         settings:write     A M - - -
sites.scan           settings:write     A M - - -
visitors.read        leads:read         A M R G -
reports.read         reports:read       A M R - -
costs.import         settings:write     A M - - -
exports.create       reports:read       A M R - -
automation.read      settings:read      A M - - -
automation.write     settings:write     A M - - -
alertRules.read      notifications:read   A M R G -
alertRules.readAll   notifications:read   A M - - -
alertRules.write     notifications:write  A M R G -
alertRules.writeAll  notifications:write  A M - - -
pushSubscriptions.manage notifications:write A M R G -
webhooks.read        webhooks:read      A - - - -
webhooks.write       webhooks:write     A - - - -
companies.read       -                  A M R G -
companies.create     settings:write     A - - - - w
companies.update     settings:write     A - - - -
account.update       settings:write     A - - - - w
users.read           settings:read      A - - - - w
users.invite         settings:write     A - - - - w
users.changeRole     settings:write     A - - - - w
users.remove         settings:write     A - - - - w
sessions.manage      -                  A M R G -
apiKeys.read         settings:read      A - - - -
apiKeys.create       settings:write     A - - - -
apiKeys.rotate       settings:write     A - - - -
apiKeys.revoke       settings:write     A - - - -
audit.read           settings:read      A - - - - w
carrier.read         settings:read      A - - - - w
carrier.configure    settings:write     A - - - - w
lab.playCall         sandbox:write      A M - - -
lab.sendText         sandbox:write      A M - - -`;

const LETTERS = { ADMIN: 'A', MANAGER: 'M', REPORTING: 'R', AGENT: 'G', NOTIFICATION: 'N' };

const rows = EXPECTED.trim()
  .split('\n')
  .map((line) => {
    const [verb, scope, ...columns] = line.split(/\s+/);
    return { verb: verb as Verb, scope, columns };
  });

describe('the rights table', () => {
  it('names exactly the expected verbs', () => {
    expect(Object.keys(PERMISSIONS).sort()).toEqual(rows.map((row) => row.verb).sort());
  });

  it.each(rows)('decides $verb for every role and scope', ({ verb, scope, columns }) => {
    for (const role of ROLES) {
      for (const held of SCOPES) {
        const allowed =
          columns.includes(LETTERS[role]) && (scope === '-' || scope?.split('|').includes(held));
        const viewer = person(ACCOUNT, role, { scopes: [held] });
        expect(may(viewer, verb), `${role} with ${held}`).toBe(allowed);
      }
    }
  });

  it.each(rows)('keeps $verb to the companies of a restricted viewer', ({ verb, columns }) => {
    const viewer = person(ACCOUNT, 'ADMIN', { companyIds: [MINE] });
    const open = !columns.includes('w');
    expect(may(viewer, verb)).toBe(open);
    expect(may(viewer, verb, MINE)).toBe(open);
    expect(may(viewer, verb, OTHER)).toBe(false);
    expect(may(viewer, verb, null)).toBe(false);
    expect(may(person(ACCOUNT, 'ADMIN'), verb, OTHER)).toBe(true);
    expect(may(person(ACCOUNT, 'ADMIN'), verb, null)).toBe(true);
  });

  it('lets nobody without a scope or role do anything, save know the companies', () => {
    const able = (viewer: Parameters<typeof may>[0]) =>
      rows.filter((row) => may(viewer, row.verb)).map((row) => row.verb);
    expect(able(person(ACCOUNT, 'ADMIN', { scopes: [] }))).toEqual([
      'companies.read',
      'sessions.manage',
    ]);
    expect(able(person(ACCOUNT, 'NOTIFICATION'))).toEqual([]);
  });

  it('says what is missing', () => {
    const refusal = (viewer: Parameters<typeof may>[0], companyId?: string) => {
      try {
        authorize(viewer, 'trackers.create', companyId);
        return null;
      } catch (thrown) {
        const { name, code, missing, message, scope } = thrown as Record<string, unknown>;
        return { name, code, missing, message, scope };
      }
    };
    const known = { name: 'Forbidden', code: 'FORBIDDEN' };
    expect(refusal(person(ACCOUNT, 'ADMIN', { scopes: ['numbers:read'] }))).toEqual({
      ...known,
      missing: 'SCOPE',
      scope: 'NUMBERS_WRITE',
      message:
        'Your role ADMIN lacks the scope NUMBERS_WRITE; this takes the role ADMIN or MANAGER. Ask an ADMIN for another role.',
    });
    const key = { ...person(ACCOUNT, 'ADMIN', { scopes: [] }), actor: { kind: 'key', id: 'k' } };
    expect(refusal(key as Parameters<typeof may>[0])).toMatchObject({
      missing: 'SCOPE',
      scope: 'NUMBERS_WRITE',
      message: expect.stringMatching(/^This key lacks the scope NUMBERS_WRITE\. .*createApiKey/),
    });
    expect(refusal(person(ACCOUNT, 'AGENT'))).toMatchObject({ ...known, missing: 'ROLE' });
    expect(refusal(person(ACCOUNT, 'AGENT'))?.message).toContain('AGENT');
    for (const { verb } of rows) {
      const nobody = person(ACCOUNT, 'NOTIFICATION', { scopes: [], companyIds: [] });
      expect(() => authorize(nobody, verb, OTHER)).toThrow(/^(?!.*\w\.\w).*\. Ask an ADMIN/);
    }
    const restricted = person(ACCOUNT, 'MANAGER', { companyIds: [MINE] });
    expect(refusal(restricted, OTHER)).toMatchObject({ ...known, missing: 'COMPANY' });
    expect(refusal(restricted, MINE)).toBeNull();
  });

  it('gives each role the scopes it can use', () => {
    expect(scopesOfRole('ADMIN')).toEqual([...SCOPES]);
    expect(scopesOfRole('AGENT')).toEqual([
      'calls:read',
      'calls:write',
      'forms:read',
      'messages:read',
      'messages:write',
      'chats:read',
      'chats:write',
      'leads:read',
      'leads:write',
      'agents:read',
      'agents:write',
      'notifications:read',
      'notifications:write',
      'personal:read',
    ]);
    expect(scopesOfRole('NOTIFICATION')).toEqual([]);
  });

  it('knows the right behind every event type', () => {
    const verbs = EVENT_TYPES.map((type) => [type, verbOfEvent(type)]);
    expect(Object.fromEntries(verbs)).toMatchObject({
      'call.ended': 'calls.read',
      'erasure.completed': 'erasures.hear',
      'transcript.ready': 'transcripts.read',
      'transcript.edited': 'transcripts.read',
      'lead.created': 'leads.read',
      'number.status_changed': 'numbers.read',
    });
    for (const [type, verb] of verbs) expect(PERMISSIONS, type).toHaveProperty([verb as string]);
  });
});
