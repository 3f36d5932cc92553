// Recordings: list, fetch by id with a fresh link, delete, and the download itself behind its expiring link.
import { createReadStream, existsSync, rmSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Carrier } from '../carrier.ts';
import { isLinkGood, recordingLink } from '../recording-link.ts';
import { Refusal, refusals } from '../refusal.ts';
import type { Recording } from '../store.ts';
import { isoTime } from '../webhooks/payloads.ts';
import { pageOf, type Route } from './router.ts';

/** Routes under /v2/recordings. */
export function recordingRoutes(carrier: Carrier): Route[] {
  const { state } = carrier.store;
  const find = (id: string | undefined) => {
    const found = state.recordings.find((one) => one.id === id && one.status === 'completed');
    if (!found) throw refusals.notFound('recording');
    return found;
  };
  return [
    {
      method: 'GET',
      path: '/v2/recordings',
      handle({ query }) {
        const wanted = (field: string, value: string) => {
          const asked = query.get(`filter[${field}]`);
          return asked === null || asked === value;
        };
        const rows = state.recordings.filter(
          (one) =>
            one.status === 'completed' &&
            wanted('call_session_id', one.sessionId) &&
            wanted('call_leg_id', one.legId) &&
            wanted('call_control_id', one.callControlId) &&
            wanted('connection_id', one.connectionId),
        );
        return {
          status: 200,
          body: pageOf(
            rows.map((one) => shown(carrier, one)),
            query,
          ),
        };
      },
    },
    {
      method: 'GET',
      path: '/v2/recordings/:id',
      handle: ({ params }) => ({ status: 200, body: { data: shown(carrier, find(params.id)) } }),
    },
    {
      method: 'DELETE',
      path: '/v2/recordings/:id',
      handle({ params }) {
        const recording = find(params.id);
        const data = shown(carrier, recording);
        state.recordings.splice(state.recordings.indexOf(recording), 1);
        carrier.store.save();
        rmSync(carrier.store.recordingPath(recording.id), { force: true });
        return { status: 200, body: { data } };
      },
    },
  ];
}

/** The download routes; they take no key, the link itself is the right to read. */
export function downloadRoutes(carrier: Carrier): Route[] {
  const route = (method: 'GET' | 'HEAD'): Route => ({
    method,
    path: '/recordings/:file',
    async handle({ params, query }, response) {
      const id = (params.file ?? '').replace(/\.wav$/, '');
      if (!isLinkGood(carrier, id, query)) {
        const detail =
          'This link is not valid any more: fetch the recording by its id for a fresh one.';
        throw new Refusal({ status: 403, code: '10010', title: 'Access denied', detail });
      }
      const path = carrier.store.recordingPath(id);
      const known = carrier.store.state.recordings.some(
        (one) => one.id === id && one.status === 'completed',
      );
      if (!known || !existsSync(path)) throw refusals.notFound('recording');
      response.writeHead(200, {
        'content-type': 'audio/wav',
        'content-length': statSync(path).size,
      });
      if (method === 'HEAD') response.end();
      else await pipeline(createReadStream(path), response).catch(() => undefined);
      return 'sent' as const;
    },
  });
  return [route('GET'), route('HEAD')];
}

function shown(carrier: Carrier, recording: Recording) {
  return {
    record_type: 'recording',
    id: recording.id,
    status: 'completed',
    source: 'call',
    channels: recording.channels,
    call_control_id: recording.callControlId,
    call_leg_id: recording.legId,
    call_session_id: recording.sessionId,
    connection_id: recording.connectionId,
    from: recording.from,
    to: recording.to,
    initiated_by: 'StartCallRecordingAPI',
    duration_millis: Math.round(recording.durationMs),
    download_urls: { wav: recordingLink(carrier, recording.id) },
    recording_started_at: isoTime(recording.startedMs),
    recording_ended_at: isoTime(recording.endedMs),
    created_at: isoTime(recording.endedMs),
    updated_at: isoTime(recording.endedMs),
  };
}
