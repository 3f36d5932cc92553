// The mutation that has all that is kept of a person written into a file.
import { Export } from '#domains/reports/index.ts';
import { defineMutation, idempotencyKey } from '#graphql/mutation.ts';
import { readId } from '#graphql/read-id.ts';
import { exportLead } from '../export-lead.ts';
import { LEAD_FILE } from '../lead-file/tell-lead.ts';

defineMutation('exportLead', {
  description: `Has all that is kept of a person written into one JSON file: the lead with all that was merged into it. EXPORT_READY tells when \`Export.url\` fetches it; it lives as long as other exports do, and goes at once when something of its company is erased. Takes an ADMIN, or a key with LEADS_READ, PERSONAL_READ, CALLS_READ, TRANSCRIPTS_READ, FORMS_READ, MESSAGES_READ, CHATS_READ and REPORTS_READ. The file is an object: \`format\` ("${LEAD_FILE.format}") and \`version\` (${LEAD_FILE.version}; raised when something is renamed or goes); \`exportedAt\`; \`linksUntil\`, until when the links to recordings and files in it are good; \`company\`; \`lead\`; \`mergedLeads\`; \`identities\`; \`tags\`; \`fields\`; \`insights\` drawn from the whole history; \`notes\` with what they said before; \`consents\` with their \`entries\`; \`interactions\`, each with one of \`call\` (facts, \`recordings\`, \`transcripts\`), \`conversation\`, \`chat\` (both with \`messages\` and their files) and \`form\`; \`touchpoints\`; \`visits\` with \`pageViews\`, without those of browsers that another lead uses too. Ids are those of this API.`,
  input: (t) => ({
    leadId: t.id({ required: true, description: 'Which lead.' }),
    ...idempotencyKey(t),
  }),
  run: ({ leadId, ...input }, { platform, viewer }) =>
    exportLead(platform, viewer, { ...input, leadId: readId(leadId, 'Lead', 'leadId') }),
  payload: (t) => ({
    export: t.field({
      type: Export,
      nullable: true,
      description: 'The export, of kind LEAD; `node` and `exports` tell how far it is.',
      resolve: (row) => row,
    }),
  }),
});
