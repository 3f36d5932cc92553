// A person who leaves traces in every channel of a town: a visit, a form, a chat, a text with a picture, a call.
import { randomUUID } from 'node:crypto';
import { findTraces, spellingsOf } from '#tests/support/find-traces.ts';
import type { Town, TownTracker } from '#tests/support/town.ts';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const ORIGIN = 'https://bluebird.example';

export interface Person {
  /** E.164 */
  number: string;
  email: string;
  name: string;
  /** stands in all that they write */
  word: string;
}

/** Changes something through the API; throws when it was refused. */
export async function change(town: Town, mutation: string, input: object, fields = '') {
  const Name = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  const answer = await town.ask(
    `mutation($input: ${Name}Input!) { ${mutation}(input: $input) { ${fields} userErrors { code message field } } }`,
    { input },
  );
  return answer[mutation];
}

/** Everything outside the carrier's own folder in which something of these people stands. */
export function tracesOf({ server }: Town, ...people: Person[]) {
  const { db, config } = server.platform;
  const folder = { folder: config.DATA_DIR, except: ['carrier'] };
  const texts = people.flatMap(({ number, email, name, word }) => [
    ...[...spellingsOf(number), email, name, word],
  ]);
  return findTraces(db, folder, texts);
}

/** Opens the company's website. */
export async function openSite(town: Town) {
  const { companies } = await town.ask('{ companies(first: 1) { nodes { id } } }');
  const companyId: string = companies.nodes[0].id;
  const { site } = await change(
    town,
    'updateSite',
    { companyId, domains: ['bluebird.example'] },
    'site { publishableKey }',
  );
  await change(town, 'updateChatSettings', { companyId, enabled: true });
  const post = async (visitor: string, path: string, body: object) => {
    const response = await fetch(`${town.server.url}/collect/${path}`, {
      method: 'POST',
      headers: { origin: ORIGIN, 'user-agent': 'Mozilla/5.0 (X11; Linux x64) Chrome/140.0.0.0' },
      body: JSON.stringify({
        ...{ key: site.publishableKey, visitor, at: 0, id: randomUUID() },
        ...{ url: `${ORIGIN}/doors`, ...body },
      }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(answer);
    return JSON.parse(answer || '{}') as { session: string; token: string };
  };
  return {
    companyId,
    /** A visit with a word in its address. @returns what sends more of that visit */
    async visit(word: string, visitor: string = randomUUID()) {
      const { session } = await post(visitor, 'visit', {
        ...{ url: `${ORIGIN}/doors?name=${word}`, title: word, consent: 'granted', numbers: [] },
        referrer: `https://search.example/?q=${word}`,
      });
      return {
        visitor,
        form: ({ name, email, number, word: said }: Person, id = randomUUID()) =>
          post(visitor, 'form', {
            ...{ id, session, form: { id: 'contact', name: 'Contact', action: '' } },
            fields: { name, email, phone: number, message: said },
          }),
        chat: ({ name, email, number, word: said }: Person, id = randomUUID()) =>
          post(visitor, 'chat/open', {
            ...{ id, session, message: { id: randomUUID(), text: said } },
            person: { name, email, phone: number },
          }),
        /** in the chat that was opened */
        says: (token: string, text: string) =>
          post(visitor, 'chat/send', { token, message: { id: randomUUID(), text } }),
      };
    },
  };
}

/** Has a person text with a picture, and waits until it is here. */
export async function textsPicture(
  { sandbox, until, server, accountId }: Town,
  tracker: TownTracker,
  { number: from, word: text }: Pick<Person, 'number' | 'word'>,
) {
  const { prisma } = server.platform.db;
  await until('the number takes texts', () =>
    prisma.phoneNumber.findFirst({
      where: { accountId, number: tracker.number, carrierProfileId: { not: null } },
    }),
  );
  const media = [{ base64: PNG, contentType: 'image/png' }];
  sandbox.text({ from, to: tracker.number, text, media });
  return until('the picture is here', () =>
    prisma.messageMedia.findFirst({
      where: { accountId, state: 'READY', message: { conversation: { customerNumber: from } } },
    }),
  );
}
