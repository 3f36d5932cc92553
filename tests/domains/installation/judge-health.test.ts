// What is said of an installation: one where all is well, and the same with one thing changed.
import { expect, it } from 'vitest';
import { worstOf } from '#domains/installation/health-check.ts';
import type { HealthFacts, ScanFacts } from '#domains/installation/health-facts.ts';
import { judgeHealth } from '#domains/installation/judge-health.ts';
import { SCRIPT_VERSION } from '#values/script-version.ts';

const now = new Date('2026-03-02T15:00:00.000Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const BUSINESS = '+12125550180';
const none = { count: 0, examples: [] };
const some = { count: 2, examples: ['https://garage.example/a'] };
const scan: ScanFacts = {
  id: 'scan',
  endedAt: daysAgo(1),
  pages: 10,
  missing: none,
  wrong: none,
  blocked: none,
  targets: [BUSINESS],
  tracking: [],
  dead: [],
};
const seen = (
  kind: 'HOST' | 'FOREIGN_HOST' | 'TARGET' | 'SCRIPT',
  value: string,
  days = 0,
  firstDays = 10,
) => ({
  kind,
  value,
  times: 5,
  firstDay: daysAgo(firstDays),
  lastDay: daysAgo(days),
});
const version = String(SCRIPT_VERSION);
const usual = [
  seen('HOST', 'www.garage.example'),
  seen('TARGET', BUSINESS),
  seen('SCRIPT', version),
];
const counts = {
  visits: 100,
  deniedVisits: 20,
  targetVisits: 60,
  unservedVisits: 3,
  foreignVisits: 0,
  oldKeyVisits: 0,
};
const site = {
  domains: ['garage.example'],
  enabled: true,
  lastSeenAt: daysAgo(0),
  previousKeyUntil: null,
};
const tracker = {
  name: 'Google Ads',
  type: 'SOURCE' as const,
  targets: [BUSINESS],
  numbers: [{ id: 'n', number: '+14155550101', takesTexts: false }],
  match: { kind: 'ALWAYS' as const },
};
const pool = { trackerId: 'p', name: 'Website', total: 4, free: 2, arrivals: 1_000, refused: 10 };
const well: HealthFacts = {
  now,
  mode: 'LIVE',
  isCompanyActive: true,
  site,
  counts,
  seen: usual,
  trackers: [tracker],
  pools: [pool],
  scan,
};

it('is well when all is as it should be, and each check is told once', () => {
  const checks = judgeHealth(well);
  expect(checks.map(({ code }) => code)).toEqual([
    'SITE',
    'VISITS',
    'DOMAINS',
    'ORIGINS',
    'KEY',
    'SCRIPT',
    'CONSENT',
    'TRACKERS',
    'TARGETS',
    'SWAPS',
    'POOLS',
    'PAGES',
    'POLICIES',
    'PRINTED_NUMBERS',
  ]);
  expect(checks.filter(({ state, whatToDo }) => state !== 'WELL' || whatToDo !== null)).toEqual([]);
  expect(worstOf(checks)).toBe('WELL');
});

it.each<[string, string, Partial<HealthFacts>, string[]?]>([
  ['SITE', 'FAULT', { site: null }],
  ['SITE', 'FAULT', { isCompanyActive: false }],
  ['SITE', 'FAULT', { site: { ...site, enabled: false } }],
  ['SITE', 'FAULT', { site: { ...site, domains: [] } }],
  ['SITE', 'NOTICE', { site: { ...site, domains: [] }, mode: 'TEST' }],
  ['VISITS', 'FAULT', { site: { ...site, lastSeenAt: null } }],
  ['VISITS', 'WELL', { site: { ...site, lastSeenAt: daysAgo(3) } }],
  ['VISITS', 'FAULT', { site: { ...site, lastSeenAt: daysAgo(3.01) } }],
  [
    'DOMAINS',
    'NOTICE',
    { site: { ...site, domains: ['garage.example', 'age.example'] } },
    ['age.example'],
  ],
  ['DOMAINS', 'UNKNOWN', { counts: { ...counts, deniedVisits: 100 } }],
  [
    'ORIGINS',
    'NOTICE',
    {
      counts: { ...counts, foreignVisits: 1 },
      seen: [...usual, seen('FOREIGN_HOST', 'a.example')],
    },
    ['a.example'],
  ],
  ['KEY', 'FAULT', { counts: { ...counts, oldKeyVisits: 1 } }],
  ['KEY', 'NOTICE', { site: { ...site, previousKeyUntil: daysAgo(-0.5) } }],
  ['KEY', 'WELL', { site: { ...site, previousKeyUntil: daysAgo(0) } }],
  ['SCRIPT', 'NOTICE', { seen: [...usual, seen('SCRIPT', '0')] }, ['0']],
  ['SCRIPT', 'WELL', { seen: [...usual, seen('SCRIPT', '0', 3)] }],
  // the present one came today, or yesterday: what browsers still kept then is no copy
  ['SCRIPT', 'WELL', { seen: [seen('SCRIPT', '0'), seen('SCRIPT', version, 0, 0)] }],
  ['SCRIPT', 'WELL', { seen: [seen('SCRIPT', '0'), seen('SCRIPT', version, 0, 1)] }],
  ['SCRIPT', 'NOTICE', { seen: [seen('SCRIPT', '0'), seen('SCRIPT', version, 0, 2)] }, ['0']],
  // a website that has nothing but a copy
  ['SCRIPT', 'NOTICE', { seen: [seen('SCRIPT', '0')] }, ['0']],
  ['SCRIPT', 'NOTICE', { seen: [seen('SCRIPT', '0', 0, 1)] }, ['0']],
  // or one that began on the day of an upgrade
  ['SCRIPT', 'UNKNOWN', { seen: [seen('SCRIPT', '0', 0, 0)] }],
  ['SCRIPT', 'UNKNOWN', { seen: [] }],
  ['CONSENT', 'NOTICE', { counts: { ...counts, deniedVisits: 51 } }],
  ['CONSENT', 'WELL', { counts: { ...counts, deniedVisits: 50 } }],
  ['CONSENT', 'UNKNOWN', { counts: { ...counts, visits: 0, deniedVisits: 0 } }],
  ['TRACKERS', 'FAULT', { trackers: [] }],
  ['TRACKERS', 'FAULT', { trackers: [{ ...tracker, match: { kind: 'OFFLINE' } }] }],
  ['TRACKERS', 'FAULT', { trackers: [{ ...tracker, numbers: [] }] }, ['Google Ads']],
  [
    'TRACKERS',
    'NOTICE',
    { trackers: [tracker, { ...tracker, name: 'Bing', numbers: [] }] },
    ['Bing'],
  ],
  ['TARGETS', 'FAULT', { seen: [], scan: { ...scan, targets: [] } }, [BUSINESS]],
  ['TARGETS', 'WELL', { seen: [], scan }],
  [
    'TARGETS',
    'NOTICE',
    { trackers: [{ ...tracker, targets: [BUSINESS, '+12125550181'] }] },
    ['+12125550181'],
  ],
  ['TARGETS', 'UNKNOWN', { seen: [], scan: null, counts: { ...counts, deniedVisits: 100 } }],
  ['SWAPS', 'FAULT', { counts: { ...counts, targetVisits: 0, unservedVisits: 0 } }],
  ['SWAPS', 'UNKNOWN', { counts: { ...counts, visits: 39, targetVisits: 0, unservedVisits: 0 } }],
  ['SWAPS', 'WELL', { counts: { ...counts, unservedVisits: 6 } }],
  ['SWAPS', 'NOTICE', { counts: { ...counts, unservedVisits: 7 } }],
  ['SWAPS', 'FAULT', { counts: { ...counts, unservedVisits: 60 } }],
  ['POOLS', 'UNKNOWN', { pools: [] }],
  ['POOLS', 'UNKNOWN', { pools: [{ ...pool, arrivals: 0, refused: 0 }] }],
  ['POOLS', 'FAULT', { pools: [{ ...pool, refused: 11 }] }, ['Website']],
  ['POOLS', 'NOTICE', { pools: [{ ...pool, free: 0 }] }, ['Website']],
  ['PAGES', 'UNKNOWN', { scan: null }],
  ['PAGES', 'UNKNOWN', { scan: { ...scan, pages: 0 } }],
  ['PRINTED_NUMBERS', 'UNKNOWN', { scan: { ...scan, pages: 0 } }],
  ['PAGES', 'NOTICE', { scan: { ...scan, missing: some } }, [...some.examples]],
  ['PAGES', 'FAULT', { scan: { ...scan, wrong: some } }, [...some.examples]],
  ['POLICIES', 'FAULT', { scan: { ...scan, blocked: some } }, [...some.examples]],
  [
    'PRINTED_NUMBERS',
    'NOTICE',
    { scan: { ...scan, tracking: ['+14155550101'] } },
    ['+14155550101'],
  ],
  ['PRINTED_NUMBERS', 'FAULT', { scan: { ...scan, dead: ['+14155550102'] } }, ['+14155550102']],
])('%s is a %s (%#)', (code, state, changes, examples) => {
  const checks = judgeHealth({ ...well, ...changes });
  const told = checks.find((one) => one.code === code);
  expect(told?.state).toBe(state);
  expect(told?.message).toMatch(/\.$/);
  if (state === 'NOTICE' || state === 'FAULT') expect(told?.whatToDo).toMatch(/\.$/);
  if (examples) expect(told?.examples).toEqual(examples);
});

it('the worst of the checks is the whole’s', () => {
  expect(worstOf([])).toBe('UNKNOWN');
  expect(worstOf(judgeHealth({ ...well, pools: [] }))).toBe('WELL');
  expect(worstOf(judgeHealth({ ...well, pools: [{ ...pool, free: 0 }] }))).toBe('NOTICE');
  expect(worstOf(judgeHealth({ ...well, site: null }))).toBe('FAULT');
});
