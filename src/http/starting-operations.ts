// The tabs with which GraphiQL opens: one useful operation each.

export const STARTING_OPERATIONS = [
  {
    query: `# Everything that happens, live. First sign in at /sign-in, or write your key into the Headers tab below: "Bearer sb_test_…".
subscription Live($after: Cursor) {
  events(after: $after) {
    id
    type
    occurredAt
    cursor
  }
}
`,
  },
  {
    query: `# What has happened, oldest first. Read on with after: <endCursor>.
query Happened($after: Cursor) {
  events(first: 20, after: $after) {
    nodes { type occurredAt }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    query: `# The latest calls.
query Calls {
  calls(first: 20) {
    nodes { id state outcome startedAt durationSeconds }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    query: `# What this key may still spend. Every answer tells it too, in extensions.cost.
query RateLimit {
  rateLimit { currentlyAvailable maximumAvailable restoreRate maximumQueryCost }
}
`,
  },
];
