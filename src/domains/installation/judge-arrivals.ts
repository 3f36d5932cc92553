// Whether a website is heard: its settings, the visits that arrive, those that are refused, the script that sends them,
// and consent. Pure.
import { SCRIPT_VERSION } from '#values/script-version.ts';
import { check, count, type HealthCheck } from './health-check.ts';
import type { HealthFacts } from './health-facts.ts';

const DAY_MS = 86_400_000;
/** a website with visitors is not silent for so long */
const SILENT_DAYS = 3;
/** of what has come since nothing else is known */
const RECENT_DAYS = 2;
/** browsers may run the script that they keep so long after the present one has come; what is seen later is a copy */
const KEPT_DAYS = 1;
/** fewer visits say nothing of a share */
const ENOUGH_VISITS = 50;

/** Judges it, in the order in which one thing needs the other. */
export function judgeArrivals(facts: HealthFacts): HealthCheck[] {
  return [site, visits, domains, origins, key, script, consent].map((judge) => judge(facts));
}

function site({ site: own, isCompanyActive, mode }: HealthFacts): HealthCheck {
  if (!own) {
    const next = 'Make it with updateSite, then put its snippet into the head of each page.';
    return check('SITE', 'FAULT', 'The company has no website here yet.', next);
  }
  if (!isCompanyActive) {
    const next = 'Enable the company, if it still does business.';
    return check('SITE', 'FAULT', 'The company is disabled, so nothing is taken.', next);
  }
  if (!own.enabled) {
    const next = 'Switch it on with updateSite(enabled: true).';
    return check('SITE', 'FAULT', 'The website is switched off, so nothing is taken.', next);
  }
  if (own.domains.length === 0) {
    const next = 'Name its domains with updateSite.';
    const isLive = mode === 'LIVE';
    const message = `The website names no domain, so ${isLive ? 'every page is' : 'all pages but those of this machine are'} refused.`;
    return check('SITE', isLive ? 'FAULT' : 'NOTICE', message, next);
  }
  const message = `The website is on and names ${count(own.domains.length, 'domain')}.`;
  return check('SITE', 'WELL', message, null, own.domains);
}

function visits({ site: own, counts, now }: HealthFacts): HealthCheck {
  const seen = own?.lastSeenAt ?? null;
  if (!seen) {
    const next =
      'Put Site.snippet into the head of each page and open one; ?__switchboard_debug=1 behind its address shows what the script knows.';
    return check('VISITS', 'FAULT', 'No visit has ever arrived.', next);
  }
  const days = (now.getTime() - seen.getTime()) / DAY_MS;
  if (days > SILENT_DAYS) {
    const next =
      'Look whether the snippet was lost when the pages were changed; scanSite says on which.';
    const message = `No visit has arrived since ${seen.toISOString()}, ${Math.floor(days)} days ago.`;
    return check('VISITS', 'FAULT', message, next);
  }
  const message = `${count(counts.visits, 'visit')} arrived in the last 30 days, the latest at ${seen.toISOString()}.`;
  return check('VISITS', 'WELL', message);
}

function domains({ site: own, seen, counts }: HealthFacts): HealthCheck {
  const hosts = seen.filter(({ kind }) => kind === 'HOST').map(({ value }) => value);
  const named = own?.domains ?? [];
  if (counts.visits === counts.deniedVisits || named.length === 0) {
    return check('DOMAINS', 'UNKNOWN', 'No visit with consent has arrived in the last 30 days.');
  }
  const silent = named.filter(
    (domain) => !hosts.some((host) => host === domain || host.endsWith(`.${domain}`)),
  );
  if (silent.length > 0) {
    const message = `From ${silent.length} of ${count(named.length, 'domain')} no visit with consent has arrived in the last 30 days.`;
    const next = 'Put the snippet into the pages there, or take the domain off with updateSite.';
    return check('DOMAINS', 'NOTICE', message, next, silent);
  }
  return check('DOMAINS', 'WELL', 'Visits arrive from each of its domains.', null, hosts);
}

function origins({ seen, counts }: HealthFacts): HealthCheck {
  if (counts.foreignVisits === 0) {
    return check('ORIGINS', 'WELL', 'No page elsewhere used the key in the last 30 days.');
  }
  const hosts = seen.filter(({ kind }) => kind === 'FOREIGN_HOST').map(({ value }) => value);
  const message = `${count(counts.foreignVisits, 'request')} of pages on other hosts, or without an Origin, were refused in the last 30 days.`;
  const next =
    'If a host is yours, name it with updateSite. Translators, caches and copies of pages send some as well.';
  return check('ORIGINS', 'NOTICE', message, next, hosts);
}

function key({ site: own, counts, now }: HealthFacts): HealthCheck {
  if (counts.oldKeyVisits > 0) {
    const message = `${count(counts.oldKeyVisits, 'request')} in the last 30 days came with a key that was replaced, and were refused.`;
    const next = 'Put the present snippet into those pages; scanSite says which they are.';
    return check('KEY', 'FAULT', message, next);
  }
  const until = own?.previousKeyUntil;
  if (until && until > now) {
    const message = `The key was replaced; the one before it is taken until ${until.toISOString()}.`;
    return check('KEY', 'NOTICE', message, 'Put the present snippet into all pages until then.');
  }
  return check('KEY', 'WELL', 'No page uses a key that is no longer taken.');
}

function script({ seen, now }: HealthFacts): HealthCheck {
  const recent = now.getTime() - RECENT_DAYS * DAY_MS;
  const scripts = seen.filter(({ kind }) => kind === 'SCRIPT');
  const present = scripts.find(({ value }) => Number(value) === SCRIPT_VERSION);
  // days before an upgrade, and that of it, say nothing of what pages run now
  const upgraded = present ? present.firstDay.getTime() + KEPT_DAYS * DAY_MS : 0;
  const lately = scripts.filter(({ lastDay }) => lastDay.getTime() >= recent);
  if (lately.length === 0) {
    return check('SCRIPT', 'UNKNOWN', 'No visit with consent has arrived lately.');
  }
  const versions = lately
    .filter((one) => one === present || one.lastDay.getTime() > upgraded)
    // where no visit has brought the present one yet, one day of an older one may be the day of the upgrade
    .filter(({ firstDay, lastDay }) => present || firstDay < lastDay)
    .map(({ value }) => Number(value));
  if (versions.length === 0) {
    const message = `It is not known yet whether pages run version ${SCRIPT_VERSION} of the script.`;
    return check('SCRIPT', 'UNKNOWN', message);
  }
  const old = versions.filter((version) => version < SCRIPT_VERSION);
  if (old.length > 0) {
    const message = `Some pages run an older version of the script than ${SCRIPT_VERSION}.`;
    const next = 'Load it from this server, as the snippet does, and not from a copy.';
    return check('SCRIPT', 'NOTICE', message, next, old.map(String));
  }
  return check('SCRIPT', 'WELL', `All pages run version ${SCRIPT_VERSION} of the script.`);
}

function consent({ counts: { visits: all, deniedVisits } }: HealthFacts): HealthCheck {
  if (all === 0) return check('CONSENT', 'UNKNOWN', 'No visit arrived in the last 30 days.');
  const percent = Math.round((100 * deniedVisits) / all);
  const message = `${percent} % of the visits of the last 30 days were without consent.`;
  if (all >= ENOUGH_VISITS && 2 * deniedVisits > all) {
    const next =
      'Look whether the consent banner tells the script (data-consent, Switchboard.consent): these visitors are shown numbers of source trackers only.';
    return check('CONSENT', 'NOTICE', message, next);
  }
  return check('CONSENT', 'WELL', message);
}
