// The rate at which the packaged speech models hear.

/** Samples per second (Hz). */
export const MODEL_RATE = 16_000;
