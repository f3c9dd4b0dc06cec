import { api } from '../api/client.ts';
import type { Call, Profile, TimelineItem } from '../api/types.ts';

/** What is known of whoever calls. */
export interface Known {
  /** Those who have the number, the one of the call first. */
  readonly profiles: readonly Profile[];
  /** What was before with the number, newest first. */
  readonly contacts: readonly TimelineItem[];
}

const CONTACTS = 3;

/** Whether a number can be looked up: that of somebody outside. */
export function isOutside(call: Call): boolean {
  return call.direction === 'INBOUND' && call.caller.startsWith('+');
}

/** Reads it; what is slow or refused is left out, since the call does not wait. */
export async function known(call: Call, signal: AbortSignal): Promise<Known> {
  const number = call.caller;
  const [profiles, contacts] = await Promise.all([
    api('GET /profiles', { query: { number, limit: 5 }, signal }).then(
      ({ body }) => body.items,
      () => [],
    ),
    api('GET /numbers/{number}/timeline', { path: { number }, query: { kind: 'CALL', limit: CONTACTS }, signal }).then(
      ({ body }) => body.items,
      () => [],
    ),
  ]);
  const first = (profile: Profile): number => (profile.id === call.profile ? 0 : 1);
  return { profiles: [...profiles].sort((a, b) => first(a) - first(b)), contacts };
}
