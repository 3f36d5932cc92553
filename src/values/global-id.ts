// Opaque global ids: what `ID!` is outside, and the type and UUID that it stands for inside.

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Writes the opaque id of a row: `encodeGlobalId('Call', uuid)`. */
export function encodeGlobalId(typename: string, id: string): string {
  return Buffer.from(`${typename}:${id}`, 'utf8').toString('base64url');
}

/** Reads an opaque id; null when it is not one of ours. */
export function decodeGlobalId(globalId: string): { typename: string; id: string } | null {
  const [typename, id, ...rest] = Buffer.from(globalId, 'base64url').toString('utf8').split(':');
  if (!typename || !id || rest.length > 0 || !UUID.test(id)) return null;
  return { typename, id };
}
