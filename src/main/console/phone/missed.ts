import { api } from '../api/client.ts';
import { events } from '../api/events.ts';
import { isEvent, isSnapshot } from '../api/socket.ts';
import { session } from '../session/session.ts';
import { Store } from '../text/store.ts';

/** How many calls were missed and not called back; so many or more, if it is the most that is counted. */
export const missed = new Store<number>(0);

export const MOST_MISSED = 99;

const PAUSE = 2000;
const EACH = 5 * 60_000;
let timer: number | undefined;

async function count(): Promise<void> {
  if (session.value.state !== 'in') {
    return;
  }
  try {
    const { body } = await api('GET /calls', { query: { notCalledBack: true, limit: MOST_MISSED } });
    missed.set(body.items.length);
  } catch {
    // the last count stays; it is asked for again
  }
  later(EACH);
}

function later(millis: number): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void count(), millis);
}

events.listen(message => {
  if (isSnapshot(message) || (isEvent(message) && message.type === 'call.ended')) {
    later(isSnapshot(message) ? 0 : PAUSE);
  }
});
