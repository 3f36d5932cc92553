// A document as JSON, piece by piece, so that it never stands in memory whole.

/**
 * Writes a value as JSON. Async iterables in its objects, to any depth, become arrays, whose elements are read as they
 * are written; a bigint becomes a number. As in JSON.stringify, what is undefined is left out.
 */
export async function* streamJson(value: unknown): AsyncGenerator<string> {
  if (isStream(value)) {
    let before = '[';
    for await (const one of value) {
      yield before;
      yield* streamJson(one);
      before = ',\n';
    }
    yield before === '[' ? '[]' : ']';
  } else if (isObject(value) && holdsStream(value)) {
    let before = '{';
    for (const [name, one] of Object.entries(value)) {
      if (one === undefined) continue;
      yield `${before}${JSON.stringify(name)}:`;
      yield* streamJson(one);
      before = ',\n';
    }
    yield '}';
  } else {
    yield JSON.stringify(value, (_name, one) => (typeof one === 'bigint' ? Number(one) : one));
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return isObject(value) && Symbol.asyncIterator in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function holdsStream(value: object): boolean {
  return Object.values(value).some((one) => isStream(one) || (isObject(one) && holdsStream(one)));
}
