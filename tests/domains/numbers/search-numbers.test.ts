// Numbers on offer: by area code, neighbour, place and kind.
import { describe, expect, it } from 'vitest';
import { searchNumbers } from '#domains/numbers/search-numbers.ts';
import { CarrierUnreachable } from '#platform/carrier/index.ts';
import { refusalOf } from '#tests/domains/interactions/town.ts';
import { openDepot } from './depot.ts';

const depot = await openDepot();

describe('searchNumbers', () => {
  it('keeps the area code, prefers a neighbour’s, finds places and toll-free numbers', async () => {
    const { viewer } = await depot.settle();
    const starts = async (request: Parameters<typeof searchNumbers>[2]) => {
      const offers = await searchNumbers(depot, viewer, request);
      expect(offers.length).toBeGreaterThan(0);
      return [...new Set(offers.map(({ phoneNumber }) => phoneNumber.slice(0, 5)))];
    };
    expect(await starts({ areaCode: '512' })).toEqual(['+1512']);
    expect(await starts({ near: '+13035550111' })).toEqual(['+1303']);
    expect((await starts({ near: '(907) 555-0111' })).length).toBeGreaterThan(0);
    expect(await starts({ near: 'Chicago' })).toEqual(['+1312']);
    expect((await starts({ tollFree: true })).every((start) => /^\+18/.test(start))).toBe(true);
    expect(await searchNumbers(depot, viewer, { areaCode: '907' })).toEqual([]);
  });

  it('refuses a bad area code, a missing scope and a carrier out of reach', async () => {
    const { viewer } = await depot.settle();
    expect(await refusalOf(searchNumbers(depot, viewer, { areaCode: '12' }))).toMatchObject({
      field: ['areaCode'],
    });
    const reader = { ...viewer, scopes: ['calls:read' as const] };
    await expect(searchNumbers(depot, reader, {})).rejects.toThrow(/NUMBERS_READ/);
    const down = {
      of: async () => ({
        ...(await depot.line()),
        searchNumbers: () => Promise.reject(new CarrierUnreachable('No answer.')),
      }),
    };
    expect(await refusalOf(searchNumbers({ carriers: down }, viewer, {}))).toMatchObject({
      code: 'CARRIER_REFUSED',
    });
  });
});
