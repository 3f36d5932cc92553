// The hot path of call intake: which tracker a dialled number leads to, in one statement.
import { type Db, preparedSql, type SqlTx } from '#platform/db/index.ts';
import { announcementOf } from './announcement.ts';

/** Everything that routing a call needs to know of the number that was dialled. */
export interface FoundTracker {
  tracker: {
    id: string;
    companyId: string;
    name: string;
    type: 'SOURCE' | 'SESSION';
    status: 'ACTIVE' | 'DISABLED';
    /** E.164 */
    destination: string;
    ringSeconds: number;
    /** `[source]` stands for the source's name */
    whisper: string | null;
    greeting: string | null;
    recording: boolean;
    /** what is spoken before recording starts (announcementOf); null exactly when recording is off */
    recordingNotice: string | null;
    transcription: boolean;
    voicemail: boolean;
    voicemailGreeting: string | null;
    version: number;
  };
  source: { id: string; name: string; medium: string; campaign: string };
  phoneNumber: { id: string; number: string };
  companyStatus: 'ACTIVE' | 'DISABLED';
  /** the company lets the carrier write its calls down while they go on */
  companyIsLive: boolean;
  /** a BCP 47 tag; null = nobody said */
  companyLanguage: string | null;
  /** IANA */
  companyTimeZone: string;
}

interface Row {
  tracker: Omit<FoundTracker['tracker'], 'recordingNotice'>;
  source: FoundTracker['source'];
  phone_number: FoundTracker['phoneNumber'];
  company_status: FoundTracker['companyStatus'];
  company_is_live: boolean;
  company_language: string | null;
  company_time_zone: string;
}

/**
 * Finds the tracker behind a dialled number.
 * @param source the database, or the transaction to read in
 * @param e164 the number that was dialled
 * @returns null when the account has no ACTIVE number like this that leads to a tracker. A disabled tracker (or one of
 *   a disabled company) is returned with its status, so that its call can be refused politely.
 */
export async function findTracker(
  source: Db | SqlTx,
  accountId: string,
  e164: string,
): Promise<FoundTracker | null> {
  const sql = preparedSql(accountId);
  const reader = 'pool' in source ? source.pool : source;
  const [row] = await sql`
    select jsonb_build_object(
             'id', t.id, 'companyId', t.company_id, 'name', t.name, 'type', t.type, 'status', t.status,
             'destination', t.destination, 'ringSeconds', t.ring_seconds, 'whisper', t.whisper,
             'greeting', t.greeting, 'recording', t.recording, 'transcription', t.transcription,
             'voicemail', t.voicemail, 'voicemailGreeting', t.voicemail_greeting,
             'version', t.version) as tracker,
           jsonb_build_object(
             'id', s.id, 'name', s.name, 'medium', s.medium, 'campaign', s.campaign) as source,
           jsonb_build_object('id', p.id, 'number', p.number) as phone_number,
           c.live_transcription and c.third_party_transcription and c.call_transcription as company_is_live,
           c.speech_language as company_language, c.status::text as company_status, c.time_zone as company_time_zone
      from phone_number p
      join tracker t on t.account_id = p.account_id and t.id = p.tracker_id
      join source s on s.account_id = t.account_id and s.id = t.source_id
      join company c on c.account_id = t.account_id and c.id = t.company_id
     where p.account_id = ${sql.account} and p.number = ${e164} and p.status = 'ACTIVE'`.rows<Row>(
    reader,
  );
  if (!row) return null;
  const { tracker } = row;
  return {
    tracker: { ...tracker, recordingNotice: tracker.recording ? announcementOf(tracker) : null },
    source: row.source,
    phoneNumber: row.phone_number,
    companyStatus: row.company_status,
    companyIsLive: row.company_is_live,
    companyLanguage: row.company_language,
    companyTimeZone: row.company_time_zone,
  };
}
