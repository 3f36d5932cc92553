// An event of somebody's own that names things of the marked company, as no product code would write it: whoever selects
// from it must still not reach them.
import type { EventType } from '#values/event-types.ts';
import { typeOfId } from './generate-operations.ts';
import { uuidOf } from './others.ts';

const FACTS: Record<string, unknown> = {
  actor: 'key:nobody',
  changes: ['name'],
  code: 'LIMIT_REACHED',
  mutation: 'createTracker',
  reason: 'GONE',
  status: 'ACTIVE',
};

/** What an event of a type tells besides, in words of its own. */
const FACTS_OF: { [type in EventType]?: Record<string, unknown> } = {
  'agent.presence_changed': { presence: 'AWAY', reason: 'SET' },
  'agent.usage_warning': { percent: 80, messages: 4_000, limit: 5_000 },
  'consent.changed': { kind: 'INBOUND' },
  'keyword.spotted': { isLive: true },
  'transcript.segment': { n: 0 },
};

/**
 * Makes one.
 * @param ids node type → global id of the marked company's
 * @param companyId whose event it is
 * @returns it, and the ids that its payload was asked for
 */
export function eventNaming(
  ids: Readonly<Record<string, string>>,
  type: EventType,
  companyId: string | null,
) {
  const named = new Set<string>();
  const payload = new Proxy<Record<string, unknown>>(
    { ...FACTS, ...FACTS_OF[type] },
    {
      get(told, name) {
        if (typeof name !== 'string' || !/Ids?$/.test(name)) return Reflect.get(told, name);
        const id = ids[typeOfId(name)];
        if (!id) throw new Error(`An event names a ${name}: give marked-account.ts an instance.`);
        for (const form of [id, uuidOf(id)]) named.add(form);
        return name.endsWith('s') ? [uuidOf(id)] : uuidOf(id);
      },
    },
  );
  const event = {
    id: `event of ${type}`,
    type,
    companyId,
    subjectVersion: 1,
    occurredAt: new Date('2026-03-02T12:00:00.000Z'),
    position: { epoch: 1, xid: 1n, seq: 1n },
    payload,
  };
  return { event: event as never, named };
}
