// The advisory lock numbers that this module takes, in one place so that no two of them meet.

/** Numbers for pg_advisory_lock; each is used for one purpose only. */
export const LOCKS = {
  embeddedOwner: 730_001,
  migrations: 730_002,
  epoch: 730_003,
  /** the first of two numbers; the second is the process's own */
  presence: 730_004,
  backup: 730_005,
} as const;
