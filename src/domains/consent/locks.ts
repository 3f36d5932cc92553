// What is locked before the consent of a number changes or is relied on.

/**
 * The name to give to `EventLog.lock` before the transaction's first write. Whoever sends holds it while the request is
 * out, so that a STOP waits for that and nothing leaves after it.
 * @param number E.164
 */
export function consentSubject(companyId: string, number: string): string {
  return `consent:${companyId}:${number}`;
}
