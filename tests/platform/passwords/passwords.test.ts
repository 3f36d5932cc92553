// Passwords at rest.
import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '#platform/passwords/index.ts';

it('are argon2id at the costs that OWASP asks for, each with a salt of its own', async () => {
  const [one, two] = await Promise.all([hashPassword('same words'), hashPassword('same words')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword(one ?? '', 'same words')).toBe(true);
  expect(await verifyPassword(one ?? '', 'same word')).toBe(false);
});

it('nobody has the password of nobody', async () => {
  expect(await verifyPassword(null, 'nobody has this password')).toBe(false);
});
