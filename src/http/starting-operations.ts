// The tabs with which GraphiQL opens, in the order in which they tell the story: buy a number, have it called, follow what
// happens, read and find what was said, have a server told. `variables` is what stands in the tab's lower pane.

interface Tab {
  query: string;
  variables?: string;
}

const pane = (variables: object): string => JSON.stringify(variables, null, 2);

export const STARTING_OPERATIONS: Tab[] = [
  {
    query: `# Everything that happens, live, with what it happened to. First sign in at /sign-in, or write your key into the
# Headers tab below: "Bearer sb_test_…"; once used it counts for all tabs until this page is closed.
# Keep the newest cursor: with it as $after you miss nothing. Only the newest event is shown here, and another tab ends
# the stream: leave this one open in a second window. The tab Happened lists what there was.
subscription Live($after: Cursor) {
  events(after: $after) {
    type
    occurredAt
    cursor
    ... on NumberEvent { phoneNumber { number status } }
    ... on LeadEvent { lead { id name } }
    ... on CallEvent { call { id state outcome from to source { name } } }
    ... on TranscriptEvent { call { id transcript { segments { speaker text } } } }
  }
}
`,
  },
  {
    query: `# 1. Your companies, and numbers that can be bought.
query NumbersOnOffer($areaCode: String!) {
  companies(first: 10) { nodes { id name } }
  availablePhoneNumbers(areaCode: $areaCode) { phoneNumber locality region }
}
`,
    variables: pane({ areaCode: '415' }),
  },
  {
    query: `# 2. Buy one, and let it lead to your telephone. IsItActive tells when it can be called.
mutation BuyNumber($input: CreateTrackerInput!) {
  createTracker(input: $input) {
    tracker { id name }
    userErrors { code message field }
  }
}
`,
    variables: pane({
      input: {
        companyId: 'an id from NumbersOnOffer',
        number: { phoneNumber: 'a number from NumbersOnOffer' },
        name: 'Search ad',
        source: { name: 'Google Ads' },
        destination: '+12125550180',
        recording: true,
        transcription: true,
      },
    }),
  },
  {
    query: `# 3. How far your numbers are: one can be called as soon as it is ACTIVE, which takes a moment. (Live tells it, too.)
query IsItActive {
  trackers(first: 5, order: { field: CREATED_AT, direction: DESC }) { nodes { id name phoneNumbers { number status } } }
}
`,
  },
  {
    query: `# 4. In a TEST account: let a scripted person call it.
mutation HaveItCalled($input: PlaceSandboxCallInput!) {
  placeSandboxCall(input: $input) {
    to
    userErrors { code message field }
  }
}
`,
    variables: pane({
      input: { trackerId: 'the id from BuyNumber', from: '+14155550134', dialogue: 'garage-door' },
    }),
  },
  {
    query: `# 5. The latest calls, with what was said.
query Calls {
  calls(first: 5) {
    nodes {
      id
      state
      outcome
      startedAt
      durationSeconds
      from
      tracker { name }
      recording { state url }
      transcript { state failure segments { speaker startMs text } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  },
  {
    query: `# 6. What was said, found: a word, a "phrase", a begin*, or -not. words: ranges of the text, with their moment.
query Search($query: String!) {
  searchTranscripts(query: $query, first: 5) {
    totalCount
    totalCountIsExact
    nodes {
      call { id from startedAt }
      matches { segment { speaker startMs text } words { start end startMs } }
    }
  }
}
`,
    variables: pane({ query: 'garage door' }),
  },
  {
    query: `# 7. Have your own server told. The secret is shown once: it verifies the signature of each delivery.
mutation TellMe($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) {
    webhookEndpoint { id url eventTypes }
    secret
    userErrors { code message field }
  }
}
`,
    variables: pane({
      input: {
        url: 'https://partner.example/calls',
        eventTypes: ['CALL_ENDED', 'TRANSCRIPT_READY'],
      },
    }),
  },
  {
    query: `# Where calls came from, by the days of your company.
query Report($range: ReportRangeInput!) {
  callSummary(range: $range, groupBy: SOURCE) {
    total { calls answered missed leads averageDurationSeconds }
    previous { calls }
    groups { key figures { calls answered goodLeads } }
  }
}
`,
    variables: pane({ range: { from: '2026-11-01', to: '2026-11-30' } }),
  },
  {
    query: `# What has happened, oldest first. Read on with after: <endCursor>.
query Happened($after: Cursor) {
  events(first: 20, after: $after) {
    nodes {
      type
      occurredAt
      ... on NumberEvent { phoneNumber { number status } }
      ... on CallEvent { call { id state outcome from } }
    }
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
