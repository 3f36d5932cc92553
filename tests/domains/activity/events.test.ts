// Which events a viewer may have, judged before the log is asked, and how domains give events their types.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readFilter } from '#domains/activity/event-filter.ts';
import { implementEvent } from '#domains/activity/index.ts';
import { encodeGlobalId } from '#values/global-id.ts';
import { SCOPES } from '#values/scopes.ts';
import type { Viewer } from '#values/viewer.ts';

const viewer: Viewer = {
  accountId: randomUUID(),
  mode: 'TEST',
  actor: { kind: 'key', id: randomUUID() },
  role: 'ADMIN',
  scopes: SCOPES,
  companyIds: null,
};
const company = randomUUID();

describe('a filter', () => {
  it('left out means every type that the viewer may read', () => {
    const { types, companyIds, subjects } = readFilter({ ...viewer, scopes: ['leads:read'] }, null);
    expect(types).toEqual([
      ...['lead.created', 'lead.updated', 'lead.qualified', 'lead.merged', 'lead.erased'],
    ]);
    const texts = readFilter({ ...viewer, scopes: ['messages:read'] }, null).types;
    expect(texts).toContain('erasure.completed');
    expect(companyIds).toBeNull();
    expect(subjects).toBeUndefined();
  });

  it('is refused when it names a type that the viewer may not read', () => {
    const narrow: Viewer = { ...viewer, scopes: ['leads:read'] };
    expect(() => readFilter(narrow, { types: ['lead.created', 'call.ended'] })).toThrow(
      'CALLS_READ',
    );
  });

  it('is refused to a viewer that may read nothing', () => {
    expect(() => readFilter({ ...viewer, scopes: ['sandbox:write'] }, {})).toThrow('CALLS_READ');
    expect(() => readFilter({ ...viewer, scopes: [] }, { types: [] })).toThrow('CALLS_READ');
  });

  it('keeps a viewer within its companies', () => {
    const kept = { ...viewer, companyIds: [company] };
    expect(readFilter(kept, {}).companyIds).toEqual([company]);
    const own = { companyIds: [encodeGlobalId('Company', company)] };
    expect(readFilter(kept, own).companyIds).toEqual([company]);
    const other = { companyIds: [encodeGlobalId('Company', randomUUID())] };
    expect(() => readFilter(kept, other)).toThrow('not among yours');
  });

  it('turns calls and leads into subjects', () => {
    const [call, lead] = [randomUUID(), randomUUID()];
    const filter = {
      callIds: [encodeGlobalId('Call', call)],
      leadIds: [encodeGlobalId('Lead', lead)],
    };
    expect(readFilter(viewer, filter).subjects).toEqual([`call:${call}`, `lead:${lead}`]);
    expect(() => readFilter(viewer, { callIds: filter.leadIds })).toThrow(
      'callIds takes the id of a Call',
    );
  });
});

it('a type of event belongs to one type of the schema', () => {
  const one = { description: 'One.', types: ['call.held' as never], fields: () => ({}) };
  implementEvent({ ...one, typename: 'HeldEvent' });
  expect(() => implementEvent({ ...one, typename: 'OtherEvent' })).toThrow('HeldEvent');
});
