// Who may touch which table: its own domain's store files write it, and only its own and later domains read it.
import { describe, expect, it } from 'vitest';
import { DOMAINS } from './support/find-direction-faults.ts';
import { findTableFaults, readTables } from './support/find-table-faults.ts';
import { readSources, sourceOf } from './support/sources.ts';

const tables = readTables();
const product = readSources('src', 'workers', 'scripts');

describe('tables', () => {
  it('belong to a domain or to the platform', () => {
    expect(tables.owners.size).toBeGreaterThan(150);
    const owners = new Set([...tables.owners.values()].map(({ domain }) => domain));
    expect([...owners].filter((one) => one !== null && !DOMAINS.includes(one))).toEqual([]);
  });

  it('are written by stores of their domain, and read by no earlier one', () => {
    expect(findTableFaults(product, tables)).toEqual([]);
  });

  it.each([
    ['no store', 'src/domains/calls/x.ts', 'await tx.call.update({ data });'],
    ['over two lines', 'src/domains/calls/x.ts', 'await tx.recording\n  .updateMany({ data });'],
    ['a stranger', 'src/domains/leads/store.ts', 'await tx.call.create({ data });'],
    ['in SQL', 'src/domains/leads/store.ts', 'sql`insert into call (id) values (1)`;'],
    ['a door', 'src/http/x.ts', 'await tx.call.deleteMany({ where });'],
    ['of the platform', 'src/domains/calls/store.ts', 'await tx.carrierCommand.create({ data });'],
    ['by the platform', 'src/platform/events/x.ts', 'sql`insert into lead (id) values (1)`;'],
    ['a later domain', 'src/domains/leads/read.ts', 'await tx.call.findMany({ where });'],
    ['joined', 'src/domains/leads/read.ts', 'sql`select 1 from lead l join call c on true`;'],
    ['included', 'src/domains/interactions/read.ts', 'find({ include: { call: true } });'],
    ['asked by', 'src/domains/numbers/x.ts', 'find({ where: { tracker: {}, calls: { some } } });'],
  ])('would be found: %s', (_, path, text) => {
    expect(findTableFaults([sourceOf(path, text)], tables)).toHaveLength(1);
  });

  it.each([
    ['a store', 'src/domains/calls/store-recordings.ts', 'await tx.recording.update({ data });'],
    ['an earlier domain', 'src/domains/calls/x.ts', 'sql`select 1 from interaction`;'],
    ['two words', 'src/domains/accounts/x.ts', "f('account.update', `account:`);"],
    ['a door that reads', 'src/http/x.ts', 'await tx.tracker.findUnique({ where });'],
  ])('is no fault: %s', (_, path, text) => {
    expect(findTableFaults([sourceOf(path, text)], tables)).toEqual([]);
  });
});
