// What the tenant matrix puts into arguments that are more than an id: values that a verb takes, so that a refusal is
// about the tenant and not about the value.
export const VALUES: Record<string, string> = {
  String: '"Anything"',
  Int: '1',
  Float: '1',
  Boolean: 'true',
  Cursor: '"eyJ9"',
  Date: '"2026-03-02"',
  DateTime: '"2026-03-02T12:00:00.000Z"',
  PhoneNumber: '"+14155550134"',
  URL: '"https://partner.example/hook"',
  JSON: '{}',
  'AddUserInput.email': '"somebody@partner.example"',
  'CreateCompanyInput.timeZone': '"America/New_York"',
  'CreateTrackerInput.destination': '"+12125550180"',
  'searchTranscripts.query': '"appointment"',
  'CreateWebhookEndpointInput.query': '"{ id type }"',
  // a condition on PARAMETER takes a parameter, so the matrix fills one that does not
  'CreateSourceRuleInput.conditions': '[{ part: UTM_SOURCE, value: "anything" }]',
  'TrackerNumberInput.phoneNumber': '"+14155550144"',
  'AssignNumbersInput.visitorId': '"0190a1b2-0000-4000-8000-00000000000a"',
  'VisitorSessionFilter.visitorId': '"0190a1b2-0000-4000-8000-00000000000a"',
  'recommendPoolSize.targetLoss': '0.01',
  'CreateFormSubmissionInput.pageUrl': '"https://partner.example/contact"',
  'CreateFormSubmissionInput.landingPageUrl': '"https://partner.example/"',
  'UpdateLeadInput.name': '"Renamed"',
};
