// Numbers for sale: all hundred fictional 555-01xx numbers of a few area codes, in an order that is the same for the same
// seed. More of an area code there are not: no number outside 555-01xx is nobody's.
import { drawsFor } from '../seeded.ts';

export interface AvailableNumber {
  phoneNumber: string;
  type: 'local' | 'toll_free';
  areaCode: string;
  locality: string | null;
  state: string | null;
}

const AREAS: [areaCode: string, locality: string, state: string][] = [
  ['212', 'New York', 'NY'],
  ['415', 'San Francisco', 'CA'],
  ['312', 'Chicago', 'IL'],
  ['512', 'Austin', 'TX'],
  ['303', 'Denver', 'CO'],
  ['206', 'Seattle', 'WA'],
  ['602', 'Phoenix', 'AZ'],
  ['404', 'Atlanta', 'GA'],
  ['617', 'Boston', 'MA'],
  ['305', 'Miami', 'FL'],
];
const TOLL_FREE = ['800', '888', '877', '866'];

/** The whole stock, in the order in which it is offered. */
export function stockOf(seed: number): AvailableNumber[] {
  const local = AREAS.flatMap(([areaCode, locality, state]) =>
    numbersOf(seed, areaCode).map((phoneNumber) => ({
      phoneNumber,
      type: 'local' as const,
      areaCode,
      locality,
      state,
    })),
  );
  const tollFree = TOLL_FREE.flatMap((areaCode) =>
    numbersOf(seed, areaCode).map((phoneNumber) => ({
      phoneNumber,
      type: 'toll_free' as const,
      areaCode,
      locality: null,
      state: null,
    })),
  );
  return [...local, ...tollFree];
}

function numbersOf(seed: number, areaCode: string): string[] {
  const draw = drawsFor(seed, `stock:${areaCode}`);
  const lines = Array.from({ length: 100 }, (_, index) => index);
  for (let index = lines.length - 1; index > 0; index--) {
    const other = Math.floor(draw() * (index + 1));
    [lines[index], lines[other]] = [lines[other] as number, lines[index] as number];
  }
  return lines.map((line) => `+1${areaCode}55501${String(line).padStart(2, '0')}`);
}

/** What a search asks for; every field given must fit. */
export interface StockFilter {
  areaCode?: string;
  locality?: string;
  state?: string;
  type?: string;
  country?: string;
  startsWith?: string;
  endsWith?: string;
  contains?: string;
}

/** True when a number of the stock fits a search. */
export function fits(number: AvailableNumber, filter: StockFilter): boolean {
  const national = number.phoneNumber.slice(2);
  // Telnyx: the patterns exclude the area code when it is filtered by itself.
  const pattern = filter.areaCode === undefined ? national : national.slice(3);
  return (
    (filter.areaCode === undefined || number.areaCode === filter.areaCode) &&
    (filter.locality === undefined ||
      number.locality?.toLowerCase() === filter.locality.toLowerCase()) &&
    (filter.state === undefined || number.state === filter.state.toUpperCase()) &&
    (filter.type === undefined || number.type === filter.type.replace('-', '_')) &&
    (filter.country === undefined || filter.country === 'US') &&
    (filter.startsWith === undefined || pattern.startsWith(digitsOf(filter.startsWith))) &&
    (filter.endsWith === undefined || pattern.endsWith(digitsOf(filter.endsWith))) &&
    (filter.contains === undefined || pattern.includes(digitsOf(filter.contains)))
  );
}

function digitsOf(text: string): string {
  return text.replace(/^\+1/, '').replace(/\D/g, '');
}
