// Why a page could not be read, and what to do about it. Pure.
import type { ExchangeFailure } from '#platform/outbound/index.ts';

/** code → what it means, what to do. */
export const PAGE_PROBLEMS = {
  ADDRESS_REFUSED: {
    description: 'The host is not on the public internet, so it is not asked.',
    whatToDo: 'Scan the public website; for development, WEBHOOK_ALLOW_HOSTS allows addresses.',
  },
  NAME_NOT_RESOLVED: {
    description: 'The DNS knows no address of the host.',
    whatToDo: 'Look whether the name is written rightly and its DNS records stand.',
  },
  CONNECTION_FAILED: {
    description:
      'No connection came about, or nothing of the page that could be read came over it.',
    whatToDo: 'Look whether the web server runs and lets this server through.',
  },
  TLS_FAILED: {
    description: 'The certificate is not valid for the host, or TLS failed.',
    whatToDo: 'Renew the certificate: browsers refuse the page as well.',
  },
  TIMEOUT: {
    description: 'The page was not complete in time.',
    whatToDo: 'Look why the page is slow, then scan again.',
  },
  HTTP_ERROR: {
    description: 'The web server answered with an error; see `status`.',
    whatToDo: 'Mend the page, or the links that lead to it. 401 and 403: let the scanner in.',
  },
  NOT_HTML: {
    description: 'It is no HTML, so no visitor sees numbers there.',
    whatToDo: 'Nothing, if a link leads to a file there on purpose.',
  },
  LEAVES_SITE: {
    description: 'It leads to another host, or to an address that is no page of this website.',
    whatToDo: 'If the host is yours, name it in the website’s domains with updateSite.',
  },
  ROBOTS_DISALLOW: {
    description: 'The website’s robots.txt keeps this scanner out of the page.',
    whatToDo: 'Allow the user agent Switchboard-Scanner there, if the page is to be scanned.',
  },
  ROBOTS_UNREADABLE: {
    description: 'The website’s robots.txt could not be read, so nothing may be asked there.',
    whatToDo: 'Let /robots.txt answer, if only with 404, then scan again.',
  },
  GIVEN_UP: {
    description: 'The scan failed here several times and was given up.',
    whatToDo: 'Scan again; should it fail again, look into the server’s log.',
  },
} as const satisfies Record<ExchangeFailure | string, { description: string; whatToDo: string }>;
export type PageProblem = keyof typeof PAGE_PROBLEMS;
