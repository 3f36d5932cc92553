// Moonshine's two networks (child process only): the encoder listens to sound, the decoder says how likely each token is to be
// the next. What a step has computed stays with it, so that one beginning can be gone on with in several ways.

import { InferenceSession, Tensor } from 'onnxruntime-node';

/** What the encoder made of a stretch of sound. */
export type Sound = Tensor;

/** What the decoder knows behind a row of tokens. */
export interface Step {
  /** how much speaks for each token of the vocabulary as the next one; not scaled */
  weights: Float32Array;
  /** of the layers, by the name under which the decoder takes them */
  past: Record<string, Tensor>;
}

/** The loaded networks. */
export interface Networks {
  /** @param samples at 16 kHz */
  listen(samples: Float32Array): Promise<Sound>;
  /** The step behind the token that begins every text. */
  begin(sound: Sound, first: number): Promise<Step>;
  /** The step behind one further token. */
  follow(sound: Sound, step: Step, token: number): Promise<Step>;
}

// One core: the other one is the server's.
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
};
// What the encoder needs for the longest stretch is given back; the decoder, asked at every token, would ask the system for
// the same memory again and again, which took twice as long as its work.
const ENCODER: InferenceSession.SessionOptions = { ...OPTIONS, enableCpuMemArena: false };
const PAST = 'past_key_values.';

/** The decoder's memory before the first token: of every layer nothing. */
function emptyPast(decoder: InferenceSession): Record<string, Tensor> {
  const inputs = decoder.inputMetadata.filter(({ name }) => name.startsWith(PAST));
  return Object.fromEntries(
    inputs.map((input) => {
      const shape = input.isTensor ? input.shape : [];
      // of what has no number in the model, one in the batch and none of the rest
      const dims = shape.map((size, at) => (typeof size === 'number' ? size : at === 0 ? 1 : 0));
      return [input.name, new Tensor('float32', new Float32Array(0), dims)];
    }),
  );
}

/**
 * Loads both networks into memory.
 * @throws Error when the add-on or a file is missing or damaged
 */
export async function loadNetworks(encoderFile: string, decoderFile: string): Promise<Networks> {
  const encoder = await InferenceSession.create(encoderFile, ENCODER);
  const decoder = await InferenceSession.create(decoderFile, OPTIONS);
  const nothing = emptyPast(decoder);

  async function decode(sound: Sound, past: Record<string, Tensor>, token: number): Promise<Step> {
    const isFirst = past === nothing;
    const found = await decoder.run({
      input_ids: new Tensor('int64', [BigInt(token)], [1, 1]),
      encoder_hidden_states: sound,
      use_cache_branch: new Tensor('bool', [!isFirst], [1]),
      ...past,
    });
    const next: Record<string, Tensor> = {};
    for (const name of Object.keys(past)) {
      // what was made of the sound is made once; later steps return something empty in its place
      const isOfSound = name.includes('.encoder.');
      const present = found[name.replace(PAST, 'present.')];
      const kept = isOfSound && !isFirst ? past[name] : present;
      if (kept) next[name] = kept;
    }
    return { weights: found.logits?.data as Float32Array, past: next };
  }

  return {
    async listen(samples) {
      const input = new Tensor('float32', samples, [1, samples.length]);
      const found = await encoder.run({ input_values: input });
      return found.last_hidden_state as Sound;
    },
    begin: (sound, first) => decode(sound, nothing, first),
    follow: (sound, step, token) => decode(sound, step.past, token),
  };
}
