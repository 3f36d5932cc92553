// The links that end mails: opened by a person they show a button, and a mail program ends them by one POST (RFC 8058).
// Programs that look into mails open links unasked, so opening alone ends nothing.
import type { IncomingMessage } from 'node:http';
import { readUnsubscribeLink, unsubscribe } from '#domains/notifications/index.ts';
import type { Platform } from '#platform/platform.ts';
import { answerPage, formOf } from './page.ts';
import type { Door } from './start-http.ts';

const TITLE = 'No more of these mails';
const WHAT = {
  ALERT: 'alerts of this kind to your address',
  ALERTS: 'all alerts of this account to your address',
  SUMMARY: 'summaries of this kind to your address',
};

/** Makes the door: a handler that answers false when the path is none of these links. */
export function unsubscribeDoor(
  platform: Pick<Platform, 'db' | 'clock' | 'secrets' | 'events'>,
): Door {
  return async (request, response, url) => {
    const link = readUnsubscribeLink(platform.secrets, url, platform.clock.now);
    if (link === null) return false;
    if (link === 'FORGED' || link === 'EXPIRED') {
      const message =
        link === 'FORGED'
          ? 'This link was not signed by this server, or is not whole.'
          : 'This link is too old. Take the one in a newer mail.';
      answerPage(response, link === 'FORGED' ? 403 : 410, { title: TITLE, message, content: '' });
    } else if (request.method === 'POST') {
      drain(request);
      const content = (await unsubscribe(platform, link))
        ? '<p>Done. Who made a rule that this ends sees it.</p>'
        : '<p>The rule behind this mail had been deleted already, and this link is too old to tell whose address it was sent to. If such mails go on, end them by the link in the newest.</p>';
      answerPage(response, 200, { title: TITLE, content });
    } else if (request.method === 'GET' || request.method === 'HEAD') {
      const form = formOf({ fields: [], hidden: {}, button: 'End them' });
      answerPage(response, 200, {
        title: TITLE,
        content: `<p>This ends ${WHAT[link.kind]}.</p>\n${form}`,
      });
    } else {
      answerPage(response, 405, { title: TITLE, message: 'Use GET or POST.', content: '' });
    }
    return true;
  };
}

/** What a mail program sends along says nothing that the link does not. */
function drain(request: IncomingMessage): void {
  request.resume();
}
