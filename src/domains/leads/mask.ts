// How a person looks to viewers without the scope personal:read: there is somebody, but not who.

/** The first letter of a name: "Ada Caller" → "A•••". */
export function maskName(name: string): string {
  return `${[...name.trim()][0] ?? ''}•••`;
}

/** The first letter and the domain: "ada@example.com" → "a•••@example.com". */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 0 ? maskName(email) : `${maskName(email.slice(0, at))}${email.slice(at)}`;
}
