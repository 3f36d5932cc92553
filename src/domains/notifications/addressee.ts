// To whom rules write, alert rules and summary rules alike.

/** To whom a rule writes. */
export interface Addressee {
  id: string;
  companyId: string | null;
  userId: string | null;
  /** lower case */
  address: string;
}

/** What is read of a rule for it. */
export const ADDRESSEE = {
  id: true,
  companyId: true,
  userId: true,
  email: true,
  membership: { select: { user: { select: { email: true } } } },
} as const;

/** The addressee of a rule that was read so. */
export function addresseeOf({
  email,
  membership,
  ...rule
}: Omit<Addressee, 'address'> & {
  email: string | null;
  membership: { user: { email: string } } | null;
}): Addressee {
  return { ...rule, address: (email ?? membership?.user.email ?? '').toLowerCase() };
}
