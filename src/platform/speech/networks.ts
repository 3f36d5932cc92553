// Moonshine's two networks (child process only): the encoder listens to sound, the decoder says how likely each token is to be
// the next. A step holds what was computed for several texts at once; each may be gone on with in several ways, by the next step.

import { InferenceSession, Tensor } from 'onnxruntime-node';

/** What the encoder made of a stretch of sound. */
export type Sound = Tensor;

/** What the decoder knows behind several rows of equally many tokens, which it is asked for in one go. */
export interface Step {
  /** row by row: how much speaks for each token of the vocabulary as the next one; not scaled */
  weights: Float32Array[];
  /** what the layers made of the rows' tokens, by the name under which the decoder takes it */
  past: Layers;
  /** what they made of the sound, the same for all rows */
  ofSound: Layers;
}

/** A row of the step before, and the token that it goes on with. */
export interface NextToken {
  row: number;
  token: number;
}

type Layers = Record<string, Tensor>;

/** The loaded networks. */
export interface Networks {
  /** @param samples at 16 kHz */
  listen(samples: Float32Array): Promise<Sound>;
  /** The step of one row behind the token that begins every text. */
  begin(sound: Sound, first: number): Promise<Step>;
  /** The step whose rows are those of `next`, in its order; `step` is used up by it. Eight rows cost twice as much as one. */
  follow(sound: Sound, step: Step, next: readonly NextToken[]): Promise<Step>;
  /** Uses up the last step of a text. */
  end(step: Step): void;
}

// One core: the other one is the server's. What a step needs is given back when it is done.
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  enableCpuMemArena: false,
};
// The table of tokens is stored in small numbers. Told nothing, the decoder makes large ones of all of it at every token, which
// takes longer than anything else it does; told this, it does so once, with the same results.
const DECODER: InferenceSession.SessionOptions = {
  ...OPTIONS,
  extra: { session: { disable_quant_qdq: '1' } },
};
const PAST = 'past_key_values.';
const isOfSound = (name: string) => name.includes('.encoder.');

/** The decoder's memory before the first token: of every layer nothing. */
function emptyPast(decoder: InferenceSession): Layers {
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

/** Row by row what stands in a tensor; nothing is copied. */
function rowsOf(tensor: Tensor): Float32Array[] {
  const rows = tensor.dims[0] ?? 0;
  const data = tensor.data as Float32Array;
  const length = data.length / rows;
  return Array.from({ length: rows }, (_, row) => data.subarray(row * length, (row + 1) * length));
}

/** The named rows of a tensor, in their order. */
function takeRows(tensor: Tensor, next: readonly NextToken[]): Tensor {
  const [rows = 0, ...dims] = tensor.dims;
  if (next.length === rows && next.every(({ row }, at) => row === at)) return tensor;
  const all = rowsOf(tensor);
  const length = all[0]?.length ?? 0;
  const taken = new Float32Array(next.length * length);
  for (const [at, { row }] of next.entries()) {
    taken.set(all[row] ?? new Float32Array(length), at * length);
  }
  return new Tensor('float32', taken, [next.length, ...dims]);
}

/** Gives memory back at once: a step makes up to 20 MB, and the collector of garbage comes when there are ten of them. */
function free(layers: Layers): void {
  for (const layer of Object.values(layers)) {
    const { buffer } = layer.data as Float32Array<ArrayBuffer>;
    if (!buffer.detached) buffer.transfer(0);
  }
}

/**
 * Loads both networks into memory.
 * @throws Error when the add-on or a file is missing or damaged
 */
export async function loadNetworks(encoderFile: string, decoderFile: string): Promise<Networks> {
  const encoder = await InferenceSession.create(encoderFile, OPTIONS);
  const decoder = await InferenceSession.create(decoderFile, DECODER);
  const nothing = emptyPast(decoder);
  const names = Object.keys(nothing);

  async function decode(sound: Sound, tokens: readonly number[], before?: Layers) {
    const found = await decoder.run({
      input_ids: new Tensor('int64', tokens.map(BigInt), [tokens.length, 1]),
      encoder_hidden_states: sound,
      use_cache_branch: new Tensor('bool', [before !== undefined], [1]),
      ...(before ?? nothing),
    });
    return {
      weights: rowsOf(found.logits as Tensor),
      take: (names: readonly string[]): Layers =>
        Object.fromEntries(
          names.map((name) => [name, found[name.replace(PAST, 'present.')] as Tensor]),
        ),
    };
  }

  return {
    async listen(samples) {
      const input = new Tensor('float32', samples, [1, samples.length]);
      const found = await encoder.run({ input_values: input });
      return found.last_hidden_state as Sound;
    },
    async begin(sound, first) {
      const { weights, take } = await decode(sound, [first]);
      const past = take(names.filter((name) => !isOfSound(name)));
      return { weights, past, ofSound: take(names.filter(isOfSound)) };
    },
    async follow(sound, { past, ofSound }, next) {
      const taken: Layers = Object.fromEntries(
        Object.entries(past).map(([name, layer]) => [name, takeRows(layer, next)]),
      );
      const tokens = next.map(({ token }) => token);
      const { weights, take } = await decode(sound, tokens, { ...taken, ...ofSound });
      free(past);
      free(taken);
      return { weights, past: take(Object.keys(past)), ofSound };
    },
    end({ past, ofSound }) {
      free(past);
      free(ofSound);
    },
  };
}
