// The browser behind a request: what the rules of signing in need to know of it.

export interface Browser {
  /** whom the limits count: an IPv4 address, or the first 64 bits of an IPv6 one */
  address: string;
  userAgent: string | null;
  /** the token of its session cookie */
  sessionToken: string | null;
}
