// One request with sound to a transcription provider, and what its answer means. The sound goes as it is read, the answer
// is bounded, nothing is tried again here: the job does that. No SDK: the makers' own bring hundreds of files for one POST,
// read whole recordings into memory or retry behind the job's back.
import type { Outbound } from '#platform/outbound/index.ts';
import { SpeechError, type SpeechErrorReason } from '../speech-error.ts';

/** of an answer: the words of twenty hours of talk with their times */
const MOST_ANSWER_BYTES = 32 * 1024 * 1024;

/** What is sent, and where. */
interface SoundLetter {
  url: string;
  headers: Record<string, string>;
  /** made as it goes */
  body: AsyncIterable<Uint8Array>;
  /** how long the body is */
  bytes: number;
  /** for the whole exchange */
  seconds: number;
  signal: AbortSignal;
  /** Told how much of the body has gone, in bytes. */
  onSent(bytes: number): void;
}

/**
 * Sends sound and reads the answer as JSON.
 * @param outbound.mostAnswerBytes for tests
 * @throws SpeechError of any reason that a provider may give; what the sound's own reading throws; no message repeats what was sent
 */
export async function sendAudio(
  {
    outbound,
    mostAnswerBytes = MOST_ANSWER_BYTES,
  }: { outbound: Outbound; mostAnswerBytes?: number },
  { url, headers, body, bytes, seconds, signal, onSent }: SoundLetter,
): Promise<unknown> {
  const { host } = new URL(url);
  let broken: unknown = null;
  async function* watched() {
    let sent = 0;
    try {
      for await (const part of body) {
        yield part;
        sent += part.length;
        onSent(sent);
      }
    } catch (error) {
      broken = error;
      throw error;
    }
  }
  const got = await outbound
    .upload({ url, headers, body: watched(), bytes, mostBytes: mostAnswerBytes, seconds, signal })
    .catch(() => {
      throw new SpeechError('ABORTED', 'The transcription was cancelled.');
    });
  if (broken) throw broken;
  if (got.failure === 'TIMEOUT') {
    throw new SpeechError(
      'TIMEOUT',
      `${host} did not answer within ${Math.ceil(seconds)} seconds.`,
    );
  }
  if (got.failure) throw new SpeechError('PROVIDER_UNREACHABLE', `${host} is not reached.`);
  const reason = reasonOf(got.status ?? 0);
  if (reason) throw new SpeechError(reason, `${host} answers ${got.status}.`);
  if (got.body.length >= mostAnswerBytes) {
    throw new SpeechError('PROVIDER_ANSWER_TOO_LARGE', `${host} answers more than can be read.`);
  }
  if (got.isCut) throw answerInvalid(host, 'its answer breaks off');
  try {
    return JSON.parse(got.body.toString('utf8'));
  } catch {
    throw answerInvalid(host, 'its answer is no JSON');
  }
}

/** What is thrown over an answer that is none. */
export function answerInvalid(host: string, why: string): SpeechError {
  return new SpeechError('PROVIDER_ANSWER_INVALID', `${host} was not understood: ${why}.`);
}

function reasonOf(status: number): SpeechErrorReason | null {
  if (status >= 200 && status < 300) return null;
  if (status === 401 || status === 403) return 'PROVIDER_UNAUTHORIZED';
  if (status === 413) return 'AUDIO_TOO_LARGE';
  if (status === 408 || status === 409 || status === 425 || status === 429) return 'PROVIDER_BUSY';
  return status >= 500 ? 'PROVIDER_FAILED' : 'PROVIDER_REFUSED';
}
