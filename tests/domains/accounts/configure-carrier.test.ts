// A change of the carrier settings reaches the lines of this process at once; a key that no request could carry is refused.
import { expect, it } from 'vitest';
import {
  type ConfigureCarrierInput,
  configureCarrier,
} from '#domains/accounts/configure-carrier.ts';
import { openCarrierSettings } from '#domains/accounts/index.ts';
import { openSecrets } from '#platform/secrets/index.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { foundAccount, refusalOf } from './town.ts';

const { db } = await freshDatabase();
const secrets = openSecrets(Buffer.alloc(32, 3));

it('the line forgets the settings when they changed, and only then', async () => {
  const { admin, clock, account } = await foundAccount(db);
  const forgotten: string[] = [];
  const carriers = { forget: (accountId: string) => forgotten.push(accountId) };
  const configure = (input: ConfigureCarrierInput) =>
    configureCarrier({ db, clock, secrets, carriers }, admin, input);
  const given = {
    baseUrl: 'http://127.0.0.1:4010/v2',
    apiKey: 'a-key-of-the-carrier',
    publicKey: Buffer.alloc(32, 9).toString('base64'),
  };
  await configure(given);
  await configure(given);
  expect(forgotten).toEqual([account.id]);
  const refused = configure({ baseUrl: 'https://example.com', expectedVersion: 1 });
  expect(await refusalOf(refused)).toMatchObject({ code: 'INVALID_INPUT' });
  expect(forgotten).toHaveLength(1);
  await configure({ publicKey: Buffer.alloc(32, 10).toString('base64') });
  expect(forgotten).toEqual([account.id, account.id]);
});

it('a key that cannot go into a header is refused, and what was pasted around one is cut off', async () => {
  const { admin, clock, account } = await foundAccount(db);
  const configure = (input: ConfigureCarrierInput) =>
    configureCarrier({ db, clock, secrets, carriers: { forget: () => {} } }, admin, input);
  const given = {
    baseUrl: 'http://127.0.0.1:4010/v2',
    publicKey: Buffer.alloc(32, 9).toString('base64'),
  };
  for (const apiKey of ['KEY…', 'KEY one', 'KEY\none']) {
    expect(await refusalOf(configure({ ...given, apiKey }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'apiKey',
    });
  }
  await configure({ ...given, apiKey: ' KEYone\n' });
  expect(await openCarrierSettings({ db, secrets }, account.id)).toMatchObject({
    apiKey: 'KEYone',
  });
});
