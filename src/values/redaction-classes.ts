// What a company wants taken out of its transcripts. SECURE is always taken out.
export const REDACTION_CLASSES = ['SECURE', 'PERSONAL', 'MEDICAL', 'ALL_DIGITS'] as const;
export type RedactionClass = (typeof REDACTION_CLASSES)[number];
