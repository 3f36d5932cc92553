// Queries as people would ask them, out of what was really said: words that are neither everywhere nor rare, the same
// with one typo, two neighbours as a phrase, and the most common words of all.
import type { Pool } from 'pg';
import type { BenchAccount } from '../processes/server.ts';
import type { Vocabulary } from './vocabulary.ts';

type Customer = BenchAccount & { transcripts: number };

/** A query of one account. */
export interface Asked {
  customer: Customer;
  query: string;
}

const RANKS = { from: 100, to: 8_000 };
const COMMON_WORDS = 10;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Draws so many queries of each kind; an account is asked as often as it has calls. */
export async function drawQueries(
  pool: Pool,
  customers: readonly Customer[],
  { words }: Vocabulary,
  count: number,
  random: () => number,
): Promise<Record<'ordinary' | 'misspelt' | 'phrases' | 'common', Asked[]>> {
  const rank = new Map(words.map((word, n) => [word, n]));
  const isOrdinary = (word: string) => {
    const n = rank.get(word) ?? 0;
    return n >= RANKS.from && n < RANKS.to;
  };
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const drawCustomer = () => {
    let left = random() * customers.reduce((sum, { transcripts }) => sum + transcripts, 0);
    for (const customer of customers) {
      left -= customer.transcripts;
      if (left <= 0) return customer;
    }
    return customers[0] as Customer;
  };
  const all: Record<'ordinary' | 'misspelt' | 'phrases', Asked[]> = {
    ordinary: [],
    misspelt: [],
    phrases: [],
  };
  for (let n = 0; n < count; n += 1) {
    const customer = drawCustomer();
    const { rows } = await pool.query<{ text: string }>(
      `select s.text from transcript_segment s
        where s.account_id = $1 and s.transcript_id = (
          select id from transcript where account_id = $1 order by id offset $2 limit 1)`,
      [customer.accountId, Math.floor(random() * customer.transcripts)],
    );
    const said = rows.flatMap(({ text }) => text.split(' '));
    const ordinary = said.filter(isOrdinary);
    const some = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(ordinary));
    const long = ordinary.find((word) => word.length > 5) ?? pick(ordinary);
    const [first = ''] = rows.map(({ text }) => text.split(' ').slice(2, 4).join(' '));
    all.ordinary.push({ customer, query: some.join(' ') });
    all.misspelt.push({ customer, query: `${misspell(long, random)} ${pick(ordinary)}` });
    all.phrases.push({ customer, query: `"${first}"` });
  }
  const common = words.slice(0, COMMON_WORDS).map((query) => ({
    customer: customers[0] as Customer,
    query,
  }));
  return { ...all, common };
}

/** One letter left out, added, replaced or swapped with its neighbour, behind the first. */
function misspell(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const letter = LETTERS[Math.floor(random() * LETTERS.length)] as string;
  const [before, here, next, after] = [
    word.slice(0, at),
    word[at],
    word[at + 1],
    word.slice(at + 2),
  ];
  const kinds = [
    before + next + after,
    before + letter + here + next + after,
    before + letter + next + after,
    `${before}${next}${here}${after}`,
  ];
  return kinds[Math.floor(random() * kinds.length)] as string;
}
