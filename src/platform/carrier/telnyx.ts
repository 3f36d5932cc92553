// Our commands in Telnyx's words, through its SDK. For TEST accounts the same code talks to the sandbox.
import Telnyx from 'telnyx';
import { neverLeft } from './never-left.ts';
import type { Carrier, CarrierAnswer, CarrierCommand, OpenCarrierSettings } from './port.ts';
import { CarrierRefused, CarrierUnreachable } from './port.ts';
import { encodeTag } from './tag.ts';
import { telnyxMessages } from './telnyx-messages.ts';
import { telnyxNumberSettings } from './telnyx-number-settings.ts';
import { telnyxNumbers } from './telnyx-numbers.ts';
import { telnyxRegistrations } from './telnyx-registrations.ts';
import { telnyxReservations } from './telnyx-reservations.ts';
import { transcriptionOf } from './telnyx-speech.ts';

/** A command is of no use to a caller who waited longer. */
const TIMEOUT_MS = 5_000;
const VOICE = 'AWS.Polly.Joanna';
/** the carrier cuts a call after this */
const LONGEST_CALL_SECONDS = 4 * 60 * 60;

/**
 * Opens an account's line to Telnyx.
 * @param settings with secrets opened
 * @param ours.ringbackUrl where the carrier fetches the tone that a waiting caller hears
 * @param ours.webhookUrl where it sends this account's webhooks
 */
export function openTelnyx(
  settings: OpenCarrierSettings,
  { ringbackUrl, webhookUrl }: { ringbackUrl: string; webhookUrl: string },
): Carrier {
  const client = new Telnyx({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl,
    timeout: TIMEOUT_MS,
    // the lanes decide what is sent again, and when: a text or an order must never be
    maxRetries: 0,
    logLevel: 'off',
  });
  const deleteRecording = async (recordingId: string): Promise<void> => {
    try {
      await ask(() => client.recordings.delete(recordingId));
    } catch (error) {
      if (!(error instanceof CarrierRefused && error.status === 404)) throw error;
    }
  };
  return {
    send: (command, commandId) =>
      ask(() => send(client, settings, ringbackUrl, command, commandId)),
    async legStatus(controlId) {
      try {
        const { data } = await ask(() => client.calls.retrieveStatus(controlId));
        const endedAt = data?.end_time ? new Date(data.end_time) : null;
        return { alive: data?.is_alive ?? false, endedAt };
      } catch (error) {
        if (error instanceof CarrierRefused && (error.reason === 'ended' || error.status === 404)) {
          return { alive: false, endedAt: null };
        }
        throw error;
      }
    },
    findRecording: (wanted) => ask(() => findRecording(client, wanted)),
    deleteRecording,
    async deleteRecordingsOf(session) {
      const page = await ask(() =>
        client.recordings.list({ filter: { call_session_id: session } }),
      );
      for (const { id } of page.data ?? []) if (id) await deleteRecording(id);
    },
    sentWebhooks: (since) => sentWebhooks(client, settings.connectionId, since),
    ...telnyxNumbers(client, settings, ask),
    ...telnyxNumberSettings(client, settings, ask),
    ...telnyxReservations(client, ask),
    ...telnyxMessages(client, webhookUrl, ask),
    ...telnyxRegistrations(client, webhookUrl, ask),
  };
}

async function send(
  client: Telnyx,
  settings: OpenCarrierSettings,
  ringbackUrl: string,
  command: CarrierCommand,
  commandId: string,
): Promise<CarrierAnswer> {
  const { leg, tag } = command;
  const common = { command_id: commandId, ...(tag ? { client_state: encodeTag(tag) } : {}) };
  switch (command.kind) {
    case 'answer':
      await client.calls.actions.answer(leg, common);
      return {};
    case 'speak':
      await client.calls.actions.speak(leg, { ...common, payload: command.text, voice: VOICE });
      return {};
    case 'playRingback':
      await client.calls.actions.startPlayback(leg, {
        ...common,
        audio_url: ringbackUrl,
        loop: 'infinity',
      });
      return {};
    case 'stopPlayback':
      await client.calls.actions.stopPlayback(leg, { ...common, stop: 'all' });
      return {};
    case 'startRecording':
      await client.calls.actions.startRecording(leg, {
        ...common,
        channels: command.channels,
        format: 'wav',
        play_beep: command.beep,
        max_length: command.maxSeconds,
        timeout_secs: command.silenceSeconds,
      });
      return {};
    case 'stopRecording':
      await client.calls.actions.stopRecording(leg, common);
      return {};
    case 'startTranscription':
      await client.calls.actions.startTranscription(leg, {
        ...common,
        ...transcriptionOf(command.language),
      });
      return {};
    case 'stopTranscription':
      await client.calls.actions.stopTranscription(leg, common);
      return {};
    case 'bridge':
      await client.calls.actions.bridge(leg, {
        ...common,
        call_control_id_to_bridge_with: command.with,
      });
      return {};
    case 'hangUp':
      await client.calls.actions.hangup(leg, common);
      return {};
    case 'dial': {
      const { data } = await client.calls.dial({
        ...common,
        connection_id: settings.connectionId ?? '',
        to: command.to,
        from: command.from,
        link_to: leg,
        timeout_secs: command.ringSeconds,
        time_limit_secs: LONGEST_CALL_SECONDS,
      });
      return data?.call_control_id ? { controlId: data.call_control_id } : {};
    }
  }
}

/** How far apart our start of a recording and the carrier's may be: the command may be sent for 45 s. */
const SAME_RECORDING_MS = 60_000;

async function findRecording(
  client: Telnyx,
  wanted: Parameters<Carrier['findRecording']>[0],
): Promise<{ recordingId: string; url: string } | null> {
  if (wanted.recordingId) {
    const { data } = await client.recordings.retrieve(wanted.recordingId);
    const url = data?.download_urls?.wav;
    return url ? { recordingId: wanted.recordingId, url } : null;
  }
  const page = await client.recordings.list({ filter: { call_session_id: wanted.session } });
  // a session may hold two: the call's and the voicemail's
  const nearest = (page.data ?? [])
    .filter(({ id, download_urls: urls }) => id && urls?.wav && !wanted.others.includes(id))
    .map((recording) => ({
      recording,
      apartMs: Math.abs(
        new Date(recording.recording_started_at ?? 0).getTime() - wanted.startedAt.getTime(),
      ),
    }))
    .filter(({ apartMs }) => apartMs <= SAME_RECORDING_MS)
    .sort((a, b) => a.apartMs - b.apartMs)[0]?.recording;
  if (!nearest?.id || !nearest.download_urls?.wav) return null;
  return { recordingId: nearest.id, url: nearest.download_urls.wav };
}

/** The log is that of the carrier's whole customer; ours is what was written for our voice application. */
async function* sentWebhooks(
  client: Telnyx,
  connectionId: string | null,
  since: Date,
): AsyncGenerator<unknown> {
  if (connectionId === null) return;
  const filter = {
    type: 'webhook' as const,
    connection_id: connectionId,
    occurred_at: { gte: since.toISOString() },
  };
  let page = await ask(() => client.callEvents.list({ filter, 'page[size]': 250 }));
  for (;;) {
    // "metadata includes the raw event": the envelope's data
    for (const { metadata } of page.data ?? []) {
      // to act on another's call would disturb people who talk, so the carrier's filter is not all we rely on
      if (isFor(connectionId, metadata)) yield { data: metadata };
    }
    if (!page.hasNextPage()) return;
    const last = page;
    page = await ask(() => last.getNextPage());
  }
}

function isFor(connectionId: string, { payload }: Record<string, unknown>): boolean {
  const named = (payload as { connection_id?: unknown } | undefined)?.connection_id;
  return named === undefined || named === connectionId;
}

/** Runs one request and says its failure in the port's two words: refused, or unreachable. */
async function ask<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof Telnyx.APIError)) throw error;
    const status = error.status;
    if (status === undefined || status === 408 || status === 429 || status >= 500) {
      const isUntaken = status === 429 || neverLeft(error);
      throw new CarrierUnreachable(error.message, { cause: error, isUntaken });
    }
    const first = firstFault(error.error);
    throw new CarrierRefused(
      status,
      String(first?.code ?? ''),
      first?.detail ?? first?.title ?? `The carrier answered ${status}.`,
    );
  }
}

interface Fault {
  code?: unknown;
  detail?: string;
  title?: string;
}

/** The registry's requests answer in shapes of their own: one fault alone, or fields with what is wrong with each. */
function firstFault(body: unknown): Fault | undefined {
  const { errors, detail, code } = (body ?? {}) as {
    errors?: Fault[];
    code?: unknown;
    detail?: string | { loc?: unknown[]; msg?: string }[];
  };
  if (errors) return errors[0];
  if (typeof detail === 'string') return { code, detail };
  const [field] = detail ?? [];
  return field && { code, detail: `${field.loc?.at(-1) ?? 'body'}: ${field.msg}` };
}
