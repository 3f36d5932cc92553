// What the latest scan says of the pages: their tags, their policies, and the numbers that stand in them. Pure.
import { check, count, type HealthCheck } from './health-check.ts';
import type { HealthFacts, ScanFacts } from './health-facts.ts';

/** Judges it. */
export function judgeScan({ scan }: HealthFacts): HealthCheck[] {
  if (scan && scan.pages > 0) return [pages(scan), policies(scan), printedNumbers(scan)];
  const [why, next] = scan
    ? [
        'The latest scan could read no page.',
        'SiteScan.pages says why; scan again when that is mended.',
      ]
    : ['The pages were not scanned yet.', 'Look at them with scanSite.'];
  const unknown = (code: HealthCheck['code']) => check(code, 'UNKNOWN', why, next);
  return [unknown('PAGES'), unknown('POLICIES'), unknown('PRINTED_NUMBERS')];
}

function pages({ pages: all, missing, wrong, endedAt }: ScanFacts): HealthCheck {
  const scanned = `of ${count(all, 'page')} scanned until ${endedAt.toISOString()}`;
  if (wrong.count > 0) {
    const message = `${wrong.count} ${scanned} load the script with a wrong key or from another server.`;
    return check('PAGES', 'FAULT', message, 'Put Site.snippet there.', wrong.examples);
  }
  if (missing.count > 0) {
    const next =
      'Put Site.snippet into their heads. A tag manager’s tag cannot be seen by a scan: then visits tell.';
    const message = `${missing.count} ${scanned} have no tag of the script in their HTML.`;
    return check('PAGES', 'NOTICE', message, next, missing.examples);
  }
  return check('PAGES', 'WELL', `The script is on ${all} ${scanned}.`);
}

function policies({ blocked, pages: all }: ScanFacts): HealthCheck {
  if (blocked.count === 0) return check('POLICIES', 'WELL', 'No policy keeps the script out.');
  const next =
    'Allow this server in script-src and connect-src of their Content-Security-Policy; ScannedPage.blockedBy shows the directive.';
  const message = `The policies of ${blocked.count} of ${count(all, 'page')} keep the script out.`;
  return check('POLICIES', 'FAULT', message, next, blocked.examples);
}

function printedNumbers({ dead, tracking }: ScanFacts): HealthCheck {
  if (dead.length > 0) {
    const message = `${count(dead.length, 'number')} on the pages lead nowhere or elsewhere: disabled, given back, or another company’s.`;
    const next = 'Take them off the pages; SiteScan.numbers says on which they are.';
    return check('PRINTED_NUMBERS', 'FAULT', message, next, dead);
  }
  if (tracking.length > 0) {
    const message = `${count(tracking.length, 'tracking number')} stand in the pages themselves: their trackers get the credit for whoever calls from there.`;
    const next =
      'Print the business’s own number and let the script swap it; SiteScan.numbers says where.';
    return check('PRINTED_NUMBERS', 'NOTICE', message, next, tracking);
  }
  return check('PRINTED_NUMBERS', 'WELL', 'No page prints a tracking number itself.');
}
