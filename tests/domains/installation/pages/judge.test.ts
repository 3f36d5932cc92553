// What a scan decides without looking: where it goes, which policies keep the script out, whose a number is, whether the
// script is the right one.
import { describe, expect, it } from 'vitest';
import { judgeNumber, type KnownNumbers } from '#domains/installation/judge-number.ts';
import { judgeScript } from '#domains/installation/judge-script.ts';
import { followed, pagesBehind } from '#domains/installation/pages/crawl-scope.ts';
import { findBlock } from '#domains/installation/pages/find-block.ts';

describe('where a scan goes', () => {
  const scope = { url: 'http://localhost:8000/start', domains: ['garage.example'] };
  it.each([
    ['next#part', 'http://localhost:8000/dir/next'],
    ['/a?b=1', 'http://localhost:8000/a?b=1'],
    ['https://garage.example', 'https://garage.example/'],
    ['//www.garage.example/x', 'http://www.garage.example/x'],
    ['https://garage.example:444/', null],
    ['http://localhost:4000/graphql', null],
    ['http://127.0.0.1:8000/', null],
    ['https://notgarage.example/', null],
    ['https://garage.example.evil.example/', null],
    ['https://garage.example@evil.example/', null],
    ['https://user:secret@garage.example/', null],
    ['javascript:alert(1)', null],
    ['mailto:a@garage.example', null],
    ['file:///etc/passwd', null],
    ['brochure.PDF', null],
    ['http://[', null],
    [`/${'x'.repeat(2_000)}`, null],
  ])('%s', (link, expected) => {
    expect(followed(link, 'http://localhost:8000/dir/page', scope)).toBe(expected);
  });

  it('from one page to 1,000 others, and says when there are more', () => {
    const url = 'http://localhost:8000/start';
    const behind = (...links: string[]) => pagesBehind(links, { url, base: url }, scope);
    const thousand = Array.from({ length: 1_000 }, (_, n) => `/${n}`);
    const idle = ['/start', '#top', '/0', '/999#x', 'mailto:a@garage.example'];
    const all = behind(...thousand, ...idle);
    expect(all.isFull).toBe(false);
    expect(all.urls).toEqual(thousand.map((path) => `http://localhost:8000${path}`));
    expect(behind(...thousand, ...idle, '/more')).toEqual({ ...all, isFull: true });
  });
});

describe('a policy', () => {
  const use = {
    pageUrl: 'https://www.garage.example/',
    scriptUrl: 'https://calls.example/swap.js',
    nonce: '',
  };
  it.each([
    ['', null],
    ["default-src 'self'", "default-src 'self'"],
    ["default-src 'none'; script-src https:; connect-src https:", null],
    ['script-src https://calls.example; connect-src https://calls.example', null],
    ['script-src calls.example/swap.js', null],
    ['script-src calls.example/other.js', 'script-src calls.example/other.js'],
    ['script-src https://calls.example/', null],
    ['script-src calls.example:8443', 'script-src calls.example:8443'],
    ['script-src calls.example:*', null],
    ['script-src *.example', null],
    ['script-src *.calls.example', 'script-src *.calls.example'],
    ['script-src *', null],
    ['script-src http://calls.example', null],
    ["script-src 'self'; script-src *", "script-src 'self'"],
    ["script-src 'self'; script-src-elem *", null],
    ["SCRIPT-SRC 'SELF'", "SCRIPT-SRC 'SELF'"],
    ["script-src *; connect-src 'self'", "connect-src 'self'"],
    ["img-src 'self', script-src 'none'", "script-src 'none'"],
    ["script-src 'strict-dynamic' https:", "script-src 'strict-dynamic' https:"],
  ])('%s', (policy, expected) => {
    expect(findBlock([policy], use)).toBe(expected);
  });

  it('lets a tag in by its nonce, and a script of its own origin', () => {
    const strict = "script-src 'nonce-abc' 'strict-dynamic'";
    expect(findBlock([strict], { ...use, nonce: 'abc' })).toBeNull();
    expect(findBlock([strict], { ...use, nonce: 'x' })).toBe(strict);
    const own = { ...use, scriptUrl: 'https://www.garage.example/swap.js' };
    expect(findBlock(["default-src 'self'"], own)).toBeNull();
  });
});

it('a number is judged by whose it is now', () => {
  const owner = {
    number: '+14155550101',
    companyId: 'one',
    trackerId: 'tracker',
    isTrackerActive: true,
    status: 'ACTIVE' as const,
    isLeaving: false,
  };
  const judge = (changes: (Partial<typeof owner> & { status?: never }) | object, sees = true) => {
    const known: KnownNumbers = {
      companyId: 'one',
      targets: new Set(['+12125550180']),
      owners: new Map([[owner.number, { ...owner, ...changes }]]),
      sees: () => sees,
    };
    return judgeNumber(owner.number, known);
  };
  const of = (standing: string) => ({ standing, trackerId: 'tracker' });
  expect(judge({})).toEqual(of('TRACKING_NUMBER'));
  expect(judge({ isTrackerActive: false })).toEqual(of('DISABLED'));
  expect(judge({ isLeaving: true })).toEqual(of('RELEASED'));
  expect(judge({ status: 'RELEASED', companyId: 'two' })).toEqual(of('RELEASED'));
  expect(judge({ companyId: 'two' })).toEqual(of('OTHER_COMPANY'));
  const nobodys = { standing: 'UNKNOWN', trackerId: null };
  expect(judge({ companyId: 'two' }, false)).toEqual(nobodys);
  const known = { companyId: 'one', targets: new Set(['+1']), owners: new Map(), sees: () => true };
  expect(judgeNumber('+1', known)).toEqual({ standing: 'SWAP_TARGET', trackerId: null });
  expect(judgeNumber('+2', known)).toEqual(nobodys);
});

it('a script is judged by its key and its server', () => {
  const site = { publishableKey: 'sb_site_now', previousKey: 'sb_site_before' };
  const judge = (
    key: string | null,
    origin = 'https://calls.example',
    of: typeof site | null = site,
    isCut = false,
  ) =>
    judgeScript(
      {
        state: 'READ',
        isCut,
        scriptKeys: key === null ? [] : [key],
        scriptOrigins: key === null ? [] : [origin],
      },
      of,
      'https://calls.example/sub',
    );
  expect(judge('sb_site_now')).toBe('INSTALLED');
  expect(judge('sb_site_now', 'https://cdn.example')).toBe('OTHER_SERVER');
  expect(judge('sb_site_before')).toBe('OLD_KEY');
  expect(judge('sb_site_other')).toBe('FOREIGN_KEY');
  expect(judge('')).toBe('FOREIGN_KEY');
  expect(judge('cafe01', 'https://cdn.callrail.com')).toBe('MISSING');
  expect(judge(null)).toBe('MISSING');
  expect(judge('sb_site_now', 'https://calls.example', null)).toBe('FOREIGN_KEY');
  expect(judge(null, '', site, true)).toBeNull();
  const waiting = { state: 'WAITING' as const, isCut: false, scriptKeys: [], scriptOrigins: [] };
  expect(judgeScript(waiting, site, 'https://calls.example')).toBeNull();
});
