// What people make of a message: NEW → HEARD → DONE, and back. Pure.
import type { CallbackOutcome, VoicemailState } from '#generated/prisma/enums.ts';

/** Where a message stands, and by whose hand. */
export interface VoicemailStand {
  state: VoicemailState;
  heardAt: Date | null;
  /** key:<id>, user:<id> */
  heardBy: string | null;
  doneAt: Date | null;
  doneBy: string | null;
}

/**
 * Moves a message. Who heard it first stays, unless it becomes NEW again; DONE says nothing of hearing, since a message
 * can be read.
 * @param hand whose move it is, and when
 * @returns the same object when it stands there already
 */
export function moveVoicemail(
  stand: VoicemailStand,
  to: VoicemailState,
  hand: { at: Date; by: string },
): VoicemailStand {
  if (stand.state === to) return stand;
  const { at, by } = hand;
  const notDone = { doneAt: null, doneBy: null };
  switch (to) {
    case 'NEW':
      return { state: 'NEW', heardAt: null, heardBy: null, ...notDone };
    case 'HEARD':
      return {
        state: 'HEARD',
        heardAt: stand.heardAt ?? at,
        heardBy: stand.heardBy ?? by,
        ...notDone,
      };
    case 'DONE':
      return { ...stand, state: 'DONE', doneAt: at, doneBy: by };
  }
}

/** Where a call back leaves the message: who was reached needs no more; who was not still waits, but is not new. */
export function stateAfterCallback(
  state: VoicemailState,
  outcome: CallbackOutcome,
): VoicemailState {
  if (outcome === 'REACHED') return 'DONE';
  return state === 'NEW' ? 'HEARD' : state;
}
