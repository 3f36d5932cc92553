// One of each thing of the marked account, asked for through the API.

/** A query whose answer holds an id of every kind of node. */
export const PIECES = `{
  viewer { account { id } apiKey { id } }
  companies(first: 10) { nodes { id name sourceRules(first: 1) { nodes { id } }
    brandRegistration { id } campaignRegistration { id } leadFields { id } } }
  apiKeys(first: 10) { nodes { id name } }
  users(first: 10) { nodes { id name } }
  auditLog(first: 1) { nodes { id } }
  trackers(first: 1) { nodes { id source { id } } }
  phoneNumbers(first: 1) { nodes { id number } }
  numberReservations(first: 1) { nodes { id } }
  leads(first: 1) { nodes { id notes(first: 1) { nodes { id } } } }
  calls(first: 1) { nodes { id from tags { id } insights { id text } recording { transcript { segments { text } } } } }
  keywordSets(first: 1) { nodes { id } } webhookEndpoints(first: 1) { nodes { id } } webhookDeliveries(first: 1) { nodes { id } }
  erasures(first: 1) { nodes { id } } visitorSessions(first: 1) { nodes { id } }
  formSubmissions(first: 1) { nodes { id } }
  chats(first: 1) { nodes { id messages(first: 1) { nodes { id } } } }
  conversations(first: 1) { nodes { id messages(first: 1) { nodes { id } } } }
  siteScans(first: 1) { nodes { id } } alertRules(first: 1) { nodes { id } }
  exports(first: 1) { nodes { id state } }
}`;

/** Who calls: numbers that no operation of the matrix is filled with, or they would show up everywhere. */
export const CALLER = '+14155550196';
export const FORGOTTEN = '+14155550197';
