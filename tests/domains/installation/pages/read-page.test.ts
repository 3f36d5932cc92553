// What stands on a page: numbers in every way in which they are written, links, tags, policies; and pages that mean harm.
import { describe, expect, it } from 'vitest';
import { decodePage } from '#domains/installation/pages/decode-page.ts';
import { readPage } from '#domains/installation/pages/read-page.ts';

const URL_OF_PAGE = 'https://www.garage.example/contact/';
const numbersOf = (html: string) =>
  readPage(html, URL_OF_PAGE).numbers.map(({ number, printedIn }) => `${printedIn} ${number}`);
// Ofcom keeps 020 7946 0xxx for stories
const LONDON = ['+44', '20', '7946', '0958'].join('');
const TEXT = ['TEXT +12125550180'];

describe('numbers of a page', () => {
  it.each([
    ['(212) 555-0180', TEXT],
    ['<b>212.555.0180</b>', TEXT],
    ['+1 212 555 0180', TEXT],
    ['212&#8209;555&#8209;0180', TEXT],
    ['212&nbsp;555&nbsp;0180', TEXT],
    ['2125550180', TEXT],
    ['Call (212) <span>555</span>-<em>0180</em> now', TEXT],
    ['1-800-555-0122', ['TEXT +18005550122']],
    ['1-800-555-01BC', ['TEXT +18005550122']],
    ['<a href="tel:+12125550180">Call</a>', ['TEL_LINK +12125550180']],
    ['<a href=" TEL:(212)%20555-0180;ext=5">Call</a>', ['TEL_LINK +12125550180']],
    ['<a href="callto:2125550180">Call</a>', ['TEL_LINK +12125550180']],
    ['<a href="sms:+12125550180?body=Hi">Text</a>', ['SMS_LINK +12125550180']],
    ['<a aria-label="Call 212-555-0180" href="#">☎</a>', ['ATTRIBUTE +12125550180']],
    ['<meta itemprop=telephone content="212-555-0180">', ['ATTRIBUTE +12125550180']],
    ['<meta name=description content="212-555-0180">', []],
    ['<button data-phone="212-555-0180">Call</button>', []],
    [
      '<button data-phone="212-555-0180"></button><script src="/swap.js" data-attributes="data-x,data-phone"></script>',
      ['ATTRIBUTE +12125550180'],
    ],
    ['<input title="212-555-0180" value="212-555-0180">', []],
    ['<p>212</p><p>555</p><p>0180</p>', []],
    ['<script>call("212-555-0180")</script>', []],
    ['<style>/* 212-555-0180 */</style><title>212-555-0180</title>', []],
    ['<!-- 212-555-0180 --><textarea>212-555-0180</textarea>', []],
    ['<template><p>212-555-0180</p></template>', []],
    ['<noscript><a href="tel:2125550180">212-555-0180</a></noscript>', []],
    ['Order 2125550180123, on 2024-05-05, for $2125550180', []],
    ['212-555-018', []],
    ['<p>020 7946 0958</p>', []],
    [
      '<script src="https://s.example/swap.js?key=k" data-country="GB"></script><p>020 7946 0958</p>',
      [`TEXT ${LONDON}`],
    ],
    [
      '<script type="application/ld+json">{"@graph":[{"telephone":["212-555-0180"],"name":"415-555-0134"}]}</script>',
      ['JSON_LD +12125550180'],
    ],
    ['<script type="application/ld+json">{"telephone":"212-555-0180"</script>', []],
  ])('%s', (html, expected) => {
    expect(numbersOf(html)).toEqual(expected);
  });

  it('are counted, with how many of them are hidden or opted out', () => {
    const html = `<p>(212) 555-0180 and 212.555.0180</p><div hidden><p>212-555-0180</p></div>
      <div style="display : none">212-555-0180</div><p data-switchboard-noswap>212-555-0180</p>
      <p data-calltrk-noswap>212-555-0180<p contenteditable>212-555-0180</p>`;
    expect(readPage(html, URL_OF_PAGE).numbers).toEqual([
      {
        number: '+12125550180',
        printedIn: 'TEXT',
        written: '(212) 555-0180',
        times: 7,
        hidden: 2,
        optedOut: 3,
      },
    ]);
  });

  it('are 200 at most', () => {
    const many = Array.from({ length: 900 }, (_, n) => `<p>(212) 255-${1000 + n}</p>`).join('');
    expect(readPage(many, URL_OF_PAGE)).toMatchObject({ isFull: true });
    expect(readPage(many, URL_OF_PAGE).numbers).toHaveLength(200);
    const all = many.slice(0, many.indexOf(`<p>(212) 255-${1_200}`));
    expect(readPage(all.repeat(2), URL_OF_PAGE)).toMatchObject({ isFull: false });
    expect(readPage(all, URL_OF_PAGE).numbers).toHaveLength(200);
  });
});

it('finds links, their base, tags of the script and policies', () => {
  const html = `<base href="/de/"><base href="/fr/"><meta http-equiv="Content-Security-Policy" content="script-src 'self'">
    <script src="//calls.example/swap.js" data-key="sb_site_a" nonce="n1"></script>
    <script src="/companies/12/sb_site_b/3/swap.js"></script><script src="/other.js"></script>
    <a href="a.html">A</a><area href="../b#c"><a href="file.pdf" download>D</a><a>no</a><noscript><a href=x></a></noscript>`;
  const { links, base, scripts, policies } = readPage(html, URL_OF_PAGE);
  expect([...links]).toEqual(['a.html', '../b#c']);
  expect(base).toBe('https://www.garage.example/de/');
  expect(scripts).toEqual([
    { src: 'https://calls.example/swap.js', key: 'sb_site_a', nonce: 'n1' },
    {
      src: 'https://www.garage.example/companies/12/sb_site_b/3/swap.js',
      key: 'sb_site_b',
      nonce: '',
    },
  ]);
  expect(policies).toEqual(["script-src 'self'"]);
});

describe('pages that mean harm are read in time that grows no faster than they do', () => {
  const MEGABYTE = 1_024 * 1_024;
  it.each([
    ['nested for ever', '<b>', true],
    ['closed for ever', '</div>', false],
    ['formatting that is opened again and again', '<p><font size=1>', true],
    ['attributes without end', '<p a="', false],
    ['one tag', '<', false],
    ['digits', '1 2 (3) ', false],
    ['one number of digits', '2', false],
    ['spaces', ' ', false],
    ['references', '&amp;', false],
  ])('%s', (_what, piece, isCut) => {
    const html = piece.repeat(Math.floor(MEGABYTE / piece.length));
    // were it quadratic, it would not end within the time of a test
    expect(readPage(html, URL_OF_PAGE).isCut).toBe(isCut);
  });

  it('structured data may nest, and pollute nothing', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const ld = (json: string) => `<script type="application/ld+json">${json}</script>`;
    const html = ld(deep) + ld('{"__proto__":{"telephone":"212-555-0180"},"constructor":1}');
    expect(numbersOf(html)).toEqual(['JSON_LD +12125550180']);
    expect(({} as { telephone?: string }).telephone).toBeUndefined();
  });
});

describe('the text of a page', () => {
  const latin = Buffer.from('Zürich', 'latin1');
  it.each([
    [Buffer.from('Zürich'), '', 'Zürich'],
    [Buffer.from('\ufeffZürich'), 'text/html; charset=latin1', 'Zürich'],
    [Buffer.from('\ufeffZürich', 'utf16le'), '', 'Zürich'],
    [latin, 'text/html;charset="ISO-8859-1"', 'Zürich'],
    [
      Buffer.concat([Buffer.from('<meta charset=windows-1252>'), latin]),
      'text/html',
      '<meta charset=windows-1252>Zürich',
    ],
    [Buffer.from('<meta charset=utf-16>Zürich'), '', '<meta charset=utf-16>Zürich'],
    [Buffer.from('Zürich'), 'text/html; charset=nonsense', 'Zürich'],
    [latin, 'text/html', 'Z\ufffdrich'],
  ])('%# is read by what it says it is', (body, contentType, expected) => {
    expect(decodePage(body, contentType)).toBe(expected);
  });
});
