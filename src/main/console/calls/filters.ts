import type { CallOutcome, Direction, Operations } from '../api/types.ts';
import { beginningOf, isIsoDay, plusDays } from '../text/day.ts';
import { foldedDigits } from '../text/digits.ts';

type Query = Operations['GET /calls']['query'];

export const DIRECTIONS: readonly Direction[] = ['INBOUND', 'OUTBOUND', 'INTERNAL'];

export const OUTCOMES: readonly CallOutcome[] = [
  'ANSWERED',
  'MISSED',
  'ABANDONED',
  'BUSY',
  'REJECTED',
  'FAILED',
  'VOICEMAIL',
  'ANNOUNCEMENT',
];

/** What the address says, as the server is asked. What is no filter is left out. */
export function queryOf(address: URLSearchParams, zone: string): Query {
  const direction = DIRECTIONS.find(one => one === address.get('direction'));
  const status = OUTCOMES.find(one => one === address.get('status'));
  const found = foldedDigits(address.get('number') ?? '').trim();
  const profile = Number(address.get('profile'));
  return {
    direction,
    status,
    ...(isExtension(found) ? { extension: found } : { number: found === '' ? undefined : found }),
    profile: profile > 0 ? profile : undefined,
    notCalledBack: address.get('notCalledBack') === 'true' || undefined,
    hasRecording: address.get('hasRecording') === 'true' || undefined,
    from: beginning(address.get('from'), 0, zone),
    to: beginning(address.get('to'), 1, zone),
  };
}

/** A few digits are an extension. */
function isExtension(text: string): boolean {
  return /^[0-9]{1,5}$/.test(text);
}

/** When a day begins for whoever reads, or the one after it. */
function beginning(day: string | null, later: number, zone: string): string | undefined {
  return day !== null && isIsoDay(day) ? beginningOf(plusDays(day, later), zone).toISOString() : undefined;
}

/** The names of filters that are in an address. */
export const FILTERS = ['direction', 'status', 'number', 'profile', 'notCalledBack', 'hasRecording', 'from', 'to'] as const;
