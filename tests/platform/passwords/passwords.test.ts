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

it('are checked in turn, however many come at once, and one that fails stops nobody', async () => {
  const kept = await hashPassword('same words');
  const tries = Array.from({ length: 20 }, (_, n) => {
    if (n % 5 === 0) return verifyPassword('no hash at all', 'same words').catch(() => 'broken');
    return verifyPassword(kept, n % 2 ? 'same words' : 'other words');
  });
  const expected = Array.from({ length: 20 }, (_, n) => (n % 5 === 0 ? 'broken' : n % 2 === 1));
  expect(await Promise.all(tries)).toEqual(expected);
});
