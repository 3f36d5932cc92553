// The door of the scripts for customers' pages: /swap.js and its parts, as they were built, to whoever asks. Also under
// the address of a tag that was written for CallRail, so that a site changes host and key only.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Bundle, provideBundles } from '#platform/bundles/index.ts';
import type { Log } from '#platform/log/index.ts';
import { answerJson } from './answer-json.ts';
import { answerPacked } from './answer-packed.ts';
import type { Door } from './start-http.ts';

/** Browsers ask again after five minutes, and have the old one meanwhile: a page is never held up by the check. */
const SHORT = 'public, max-age=300, stale-while-revalidate=86400';
/** a part's name carries the hash of its content */
const FOR_EVER = 'public, max-age=31536000, immutable';
// eight digits are those of scripts of before
const PART = /^\/(?:swap|chat)\/[0-9a-f]{6,8}\/[\w-]+\.js$/;
/** the part of now under the address of another: a script of before asks so, or one of a server that is newer */
const IN_ITS_PLACE = 'public, max-age=300';
const CALLRAIL = /^\/companies\/[^/]+\/[\w-]+\/\d+\/swap\.js$/;

/** Opens the door. The scripts are read, or built, when the first is asked for. */
export function scriptsDoor({ log }: { log: Log }): Door {
  let bundles: Promise<ReadonlyMap<string, Bundle>> | undefined;
  return async (request, response, url) => {
    const path = CALLRAIL.test(url.pathname) ? '/swap.js' : url.pathname;
    if (!/^\/[\w-]+\.m?js$|^\/(?:swap|chat)\//.test(path)) return false;
    bundles ??= provideBundles();
    const all = await bundles.catch((error: unknown) => {
      bundles = undefined;
      log.error({ err: error }, 'the scripts for browsers could not be built');
      throw error;
    });
    const known = all.get(path);
    const bundle = known ?? partOfNow(all, path);
    if (!bundle) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answerJson(response, 405, { error: 'METHOD_NOT_ALLOWED' }, { allow: 'GET, HEAD' });
    } else if (!known) answer(request, response, bundle, IN_ITS_PLACE);
    else answer(request, response, bundle, PART.test(path) ? FOR_EVER : SHORT);
    return true;
  };
}

/** What stands under this address but for the hash in it. */
function partOfNow(all: ReadonlyMap<string, Bundle>, path: string): Bundle | undefined {
  if (!PART.test(path)) return undefined;
  const unhashed = (one: string) => one.replace(/[0-9a-f]{6,8}/, '');
  return [...all].find(([one]) => unhashed(one) === unhashed(path))?.[1];
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  bundle: Bundle,
  caching: string,
): void {
  answerPacked(request, response, bundle, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': caching,
    // modules are loaded in CORS mode, and by pages that are isolated from other origins
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
}
