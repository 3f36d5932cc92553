// The sandbox's HTTP door: bearer check, rate limit, routes, JSON answers.
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Carrier } from '../carrier.ts';
import { Refusal, refusals } from '../refusal.ts';
import type { Control } from '../scripts/control.ts';
import { faultRefusal, ScriptedRefusal, takeFault, waitOut } from '../scripts/faults.ts';
import { applicationRoutes } from './application-routes.ts';
import { callRoutes } from './call-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { logRoutes } from './log-routes.ts';
import { mediaRoutes, messageRoutes } from './message-routes.ts';
import { messagingProfileRoutes } from './messaging-profile-routes.ts';
import { numberRoutes } from './number-routes.ts';
import { numberVoiceRoutes } from './number-voice-routes.ts';
import { createRateLimit } from './rate-limit.ts';
import { downloadRoutes, recordingRoutes } from './recording-routes.ts';
import { registrationRoutes } from './registration-routes.ts';
import { reservationRoutes } from './reservation-routes.ts';
import { type Answer, answerToError, findRoute, readJson, sendJson } from './router.ts';
import { textControlRoutes } from './text-control-routes.ts';

/** One request of the carrier's API and what was answered. */
export interface Exchange {
  method: string;
  url: URL;
  /** parsed JSON; {} when there was none */
  body: unknown;
  status: number;
  answer: object;
  /** refused by a fault that was set, not by the carrier's own rules */
  isScripted: boolean;
}

/**
 * Makes the server; the caller makes it listen.
 * @param onError receives what went wrong inside the sandbox itself, answered as 500
 * @param onExchange receives every request under /v2 that was answered with JSON
 */
export function createCarrierServer(
  carrier: Carrier,
  control: Control,
  onError: (error: unknown) => void,
  onExchange: (exchange: Exchange) => void,
): Server {
  const open = [...downloadRoutes(carrier), ...mediaRoutes(carrier)];
  const guarded = [
    ...callRoutes(carrier),
    ...applicationRoutes(carrier),
    ...numberRoutes(carrier),
    ...numberVoiceRoutes(carrier),
    ...reservationRoutes(carrier),
    ...recordingRoutes(carrier),
    ...messageRoutes(carrier),
    ...messagingProfileRoutes(carrier),
    ...registrationRoutes(carrier),
    ...logRoutes(carrier),
    ...controlRoutes(carrier, control),
    ...textControlRoutes(control),
  ];
  const rateLimit = createRateLimit(carrier.requestsPerSecond);

  async function serve(raw: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(raw.url ?? '/', 'http://sandbox');
    const method = raw.method ?? 'GET';
    let limitHeaders: Record<string, string> = {};
    let body: unknown = {};
    const send = (answer: Answer, isScripted = false) => {
      sendJson(response, { ...answer, headers: { ...limitHeaders, ...answer.headers } });
      if (!url.pathname.startsWith('/v2/')) return;
      onExchange({ method, url, body, status: answer.status, answer: answer.body, isScripted });
    };
    try {
      const found = findRoute(open, method, url.pathname);
      const match = found ?? guardedRoute();
      // Commands meet their faults at the command desk, which also knows their ids.
      const name = found
        ? found.route.path.startsWith('/media')
          ? 'media.download'
          : 'recording.download'
        : `${method} ${match.route.path}`;
      const fault = takeFault(carrier.faults, name);
      if (fault) await waitOut(fault);
      if (fault?.hang) return;
      if (fault?.status !== undefined) throw faultRefusal(fault);
      if (method !== 'GET' && method !== 'HEAD') body = await readJson(raw);
      const handled = await match.route.handle(
        { params: match.params, query: url.searchParams, body, raw },
        response,
      );
      if (handled === 'hang' || handled === 'sent') return;
      send(handled);
    } catch (error) {
      const answer = answerToError(error);
      if (!(error instanceof Refusal)) onError(error);
      if (response.headersSent) response.destroy();
      else send(answer, error instanceof ScriptedRefusal);
    }

    function guardedRoute() {
      if (!hasKey(raw, carrier.apiKey)) throw refusals.unauthorised();
      if (url.pathname.startsWith('/v2/')) limitHeaders = rateLimit();
      const found = findRoute(guarded, method, url.pathname);
      if (!found) throw refusals.notFound(`route ${method} ${url.pathname}`);
      return found;
    }
  }
  return createServer((raw, response) => void serve(raw, response));
}

function hasKey(raw: IncomingMessage, apiKey: string): boolean {
  const given = Buffer.from(raw.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${apiKey}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
