import type { Call, Leg } from '../api/types.ts';

/** How a call stands at one extension. */
export type At = 'ringing' | 'talking' | 'ended';

export interface Card {
  readonly call: Call;
  readonly at: At;
  /** Milliseconds since 1970; of an ended one when it ended. */
  readonly since: number;
}

/** How long a card stays after its call. */
export const STAYS = 30_000;

function legsAt(call: Call, extension: string): readonly Leg[] {
  return call.legs.filter(leg => leg.party === extension);
}

/** Whether the call rings at an extension, or its user talks; nothing if it has nothing to do with it now. */
export function standing(call: Call, extension: string): At | undefined {
  const open = legsAt(call, extension).filter(leg => leg.endedAt === undefined);
  if (open.some(leg => leg.answeredAt !== undefined)) {
    return 'talking';
  }
  // whoever rings a colleague by click rings their own phone first: that is no caller
  const rings = open.some(leg => leg.tie !== 'CLICKED');
  return rings && call.caller !== extension ? 'ringing' : undefined;
}

/** The phones at which a call rings now, or that talk. */
export function openAt(call: Call): readonly string[] {
  return [...new Set(call.legs.filter(leg => leg.endedAt === undefined).map(leg => leg.party))];
}

/** Whether hanging up ends no more than one's own part: a call that rings at others too is not taken from them. */
export function isMineAlone({ call, at }: Card): boolean {
  return at === 'talking' || (at === 'ringing' && openAt(call).length === 1);
}

/**
 * The cards of one extension: a call that rings or is talked, and for a while one that has ended. A call that somebody else
 * answered goes at once. Pure but for what it remembers.
 */
export class Cards {
  readonly #cards = new Map<string, Card>();
  readonly #dismissed = new Set<string>();

  /** Oldest first. */
  get all(): readonly Card[] {
    return [...this.#cards.values()];
  }

  /** @param isHeld whether somebody is writing in the card of a call */
  update(
    calls: ReadonlyMap<string, Call>,
    extension: string | undefined,
    now: number,
    isHeld: (id: string) => boolean,
  ): void {
    const mine = extension === undefined ? [] : [...calls.values()];
    for (const call of mine) {
      const at = standing(call, extension!);
      const before = this.#cards.get(call.id);
      if (at !== undefined && !this.#dismissed.has(call.id)) {
        const since = before?.at === at ? before.since : now;
        this.#cards.set(call.id, { call, at, since });
      } else if (before !== undefined) {
        this.#over(before, call, now, isHeld);
      }
    }
    for (const [id, card] of this.#cards) {
      if (!calls.has(id)) {
        this.#over(card, card.call, now, isHeld);
      }
    }
    for (const id of this.#dismissed) {
      if (!calls.has(id) && !this.#cards.has(id)) {
        this.#dismissed.delete(id);
      }
    }
  }

  /** Nobody needs it any more. */
  dismiss(id: string): void {
    this.#cards.delete(id);
    this.#dismissed.add(id);
  }

  /** It stays for a while, longer while somebody writes in it; answered elsewhere it goes. */
  #over(card: Card, call: Call, now: number, isHeld: (id: string) => boolean): void {
    if (card.at === 'ended') {
      if (now - card.since > STAYS && !isHeld(call.id)) {
        this.#cards.delete(call.id);
      }
      return;
    }
    const isElsewhere = card.at === 'ringing' && call.answeredAt !== undefined;
    if (isElsewhere && !isHeld(call.id)) {
      this.#cards.delete(call.id);
    } else {
      this.#cards.set(call.id, { call, at: 'ended', since: now });
    }
  }
}
