import type { CallOutcome, Direction, Operations } from '../api/types.ts';
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
export function queryOf(address: URLSearchParams): Query {
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
    from: instant(address.get('from'), 0),
    to: instant(address.get('to'), 1),
  };
}

/** A few digits are an extension. */
function isExtension(text: string): boolean {
  return /^[0-9]{1,5}$/.test(text);
}

/** The beginning of a day of this machine, or of the one after it. */
function instant(day: string | null, plusDays: number): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (parts === null) {
    return undefined;
  }
  const [year, month, date] = parts.slice(1).map(Number);
  return new Date(year!, month! - 1, date! + plusDays).toISOString();
}

/** The names of filters that are in an address. */
export const FILTERS = ['direction', 'status', 'number', 'profile', 'notCalledBack', 'hasRecording', 'from', 'to'] as const;
