// The carrier's port for texts: what is sent, what becomes of it, and what people send to us.

/** A text on its way to one person. */
export interface OutboundMessage {
  /** E.164, a number of ours that is on the profile */
  from: string;
  /** E.164 */
  to: string;
  text: string;
  /** at most 10, of 1 MB in all; the carrier fetches them */
  mediaUrls: readonly string[];
  /** the company's messaging profile */
  profileId: string;
  /** our message's id; it comes back with every event of the message */
  tag: string;
}

/** A message as it stands at the carrier. */
export interface CarrierMessageState {
  carrierMessageId: string;
  state: 'QUEUED' | 'SENT' | 'DELIVERED' | 'FAILED' | 'UNCONFIRMED';
  /** the carrier's error code, of a message that failed */
  code: string | null;
  /** the carrier's words on it */
  detail: string | null;
  /** null while the carrier has not counted them */
  segments: number | null;
}

/** A file that came with a text, as the carrier describes it: neither type nor size is to be believed. */
export interface CarrierMedia {
  url: string;
  contentType: string | null;
  sizeBytes: number | null;
}

/** A carrier event of a message in our words. */
export type CarrierMessageEvent = {
  /** the carrier's event id */
  id: string;
  occurredAt: Date;
  carrierMessageId: string;
} & (
  | {
      kind: 'received';
      /** E.164, or whatever else the carrier names, such as a short code */
      from: string;
      /** the first of the recipients */
      to: string;
      /** all who received it, ours and, of a group message, others; E.164 */
      recipients: readonly string[];
      text: string;
      media: readonly CarrierMedia[];
      /** what the carrier itself answered to a reserved word, and acted on: it blocks after STOP until START */
      autoresponse: 'STOP' | 'START' | 'HELP' | null;
    }
  | { kind: 'sent'; tag: string | null }
  | {
      kind: 'finalized';
      tag: string | null;
      /** UNCONFIRMED: it went out, and no receipt will come */
      state: 'DELIVERED' | 'FAILED' | 'UNCONFIRMED';
      code: string | null;
      detail: string | null;
      segments: number | null;
    }
);

/** The texts of one account's line. */
export interface MessageLine {
  /**
   * Hands a message to the carrier, once: it deduplicates nothing, so a failed try must not be repeated.
   * Throws CarrierRefused with the carrier's code; CarrierUnreachable when it may or may not have gone.
   */
  sendMessage(message: OutboundMessage): Promise<{ carrierMessageId: string; segments: number }>;
  /**
   * What the carrier knows of a message: by its id, which the carrier keeps for 10 days, or, when its answer was lost, by
   * our tag among the webhooks that it delivered.
   * @returns null when it knows of none (yet: by its tag a message is known once its first event was delivered)
   */
  findMessage(
    wanted: { carrierMessageId: string } | { tag: string },
  ): Promise<CarrierMessageState | null>;
  /**
   * The webhooks of texts that the carrier gave up delivering to us since a moment, as bodies that the inbox takes. The
   * carrier keeps its log for some days.
   */
  lostTextWebhooks(since: Date): AsyncIterable<unknown>;
  /**
   * The messaging profile under our reference, made when there is none, with its webhooks coming to us. Two callers at
   * once would make two: hold a lock.
   * @param wanted.reference part of the profile's name at the carrier, by which it is found again
   */
  ensureMessagingProfile(wanted: {
    reference: string;
    name: string;
  }): Promise<{ profileId: string }>;
  /** Puts a number on a messaging profile, and so off the one that it was on. */
  setMessagingProfile(carrierNumberId: string, profileId: string): Promise<void>;
}
