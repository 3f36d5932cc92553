// Bodies that endpoints of an account share: executed once for all that ask at once, and not known for long, so that what
// is erased does not live on in a process.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemViewer } from '#domains/accounts/index.ts';
import { openRenderer } from '#domains/webhooks/render-body.ts';
import type { EndpointRow } from '#domains/webhooks/store.ts';
import type { DueDelivery } from '#domains/webhooks/store-deliveries.ts';
import type { Selections } from '#graphql/selections.ts';
import type { StoredEvent } from '#platform/events/index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const accountId = crypto.randomUUID();
const event = { type: 'lead.updated', companyId: null, occurredAt: new Date() } as StoredEvent;
const endpoint = { accountId, id: crypto.randomUUID(), query: null } as EndpointRow;
const delivery = { eventId: '1-1', eventType: 'lead.updated', erasedAt: null, body: null };

it('a body is executed once for all that ask within two seconds, then anew', async () => {
  let runs = 0;
  const renderer = openRenderer({
    events: { read: async () => event },
    selections: {
      read: () => ({ kind: 'Document', definitions: [] }),
      run: async () => ({ data: { run: ++runs }, errors: [] }),
    } as unknown as Selections,
  });
  const owner = systemViewer(accountId, 'TEST', 'tests');
  const render = async () => {
    const rendered = await renderer.render(endpoint, delivery as DueDelivery, owner);
    return 'body' in rendered && JSON.parse(rendered.body).data.run;
  };
  expect(await Promise.all([render(), render()])).toEqual([1, 1]);
  vi.advanceTimersByTime(1_999);
  expect(await render()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await render()).toBe(2);
});
