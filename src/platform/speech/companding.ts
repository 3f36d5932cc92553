// Telephone companding (ITU-T G.711): one byte to one linear sample, as lookup tables of 256 floats in -1..1.

const MU_LAW_BIAS = 132;

function expandMuLaw(byte: number): number {
  const bits = ~byte & 0xff;
  const exponent = (bits >> 4) & 7;
  const magnitude = ((((bits & 15) << 3) + MU_LAW_BIAS) << exponent) - MU_LAW_BIAS;
  return (bits & 0x80 ? -magnitude : magnitude) / 32_768;
}

function expandALaw(byte: number): number {
  const bits = byte ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = (bits & 15) << 4;
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 264) << (exponent - 1);
  return (bits & 0x80 ? magnitude : -magnitude) / 32_768;
}

/** Linear sample for every mu-law byte. */
export const muLawSamples = Float32Array.from({ length: 256 }, (_, byte) => expandMuLaw(byte));

/** Linear sample for every A-law byte. */
export const aLawSamples = Float32Array.from({ length: 256 }, (_, byte) => expandALaw(byte));
