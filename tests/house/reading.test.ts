// The reader of sources on which the other rules of the house stand: it must not lose its way in quotes and patterns.
import { expect, it } from 'vitest';
import { blankOut } from './support/blank-out.ts';
import { readSources } from './support/sources.ts';

const letters = (text: string) => text.replace(/\s+/g, '');

it.each([
  ['a(); // b(', 'a();', ''],
  ['a(/* b\n // */ c)', 'a(c)', ''],
  ['a(\'b//no\', "c") + d', 'a(\'\',"")+d', 'b//noc'],
  ["'\\'//a' + b", "''+b", "\\'//a"],
  [`\`x\${f({ a: \`y\${g}z\` })}w\` + h`, `\`\${f({a:\`\${g}\`})}\`+h`, 'xyzw'],
  [`s.replace(/"\\/[/'\`]+/, '') || t`, `s.replace(//,'')||t`, `"\\/[/'\`]+`],
  ['const half = a / 2 + (b) / 3;', 'consthalf=a/2+(b)/3;', ''],
])('reads %s', (text, bare, quoted) => {
  const views = blankOut(text);
  expect(views.bare).toHaveLength(text.length);
  expect(letters(views.bare)).toBe(bare);
  expect(letters(views.quoted)).toBe(quoted);
});

it('comes out of every file with its brackets in pairs', () => {
  const sources = readSources('src', 'workers', 'scripts', 'demo', 'bench', 'eval', 'tests');
  const count = (text: string, letter: string) => text.split(letter).length;
  const lost = sources.filter(({ bare }) =>
    ['{}', '()', '[]'].some(([open = '', close = '']) => count(bare, open) !== count(bare, close)),
  );
  expect(lost.map(({ path }) => path)).toEqual([]);
});
