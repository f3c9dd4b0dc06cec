import { events, keeper } from '../api/events.ts';
import type { Call, ExtensionState } from '../api/types.ts';
import { Store } from '../text/store.ts';
import { LiveState } from './state.ts';

const state = new LiveState();

/** Calls in progress that whoever sits here sees, by id. */
export const liveCalls = new Store<ReadonlyMap<string, Call>>(state.calls);

/** How the extensions are, by number. */
export const extensionStates = new Store<ReadonlyMap<string, ExtensionState>>(state.extensions);

keeper.state = () => ({ calls: [...state.calls.values()], extensions: [...state.extensions.values()] });

let waiting = { calls: false, extensions: false };
let isPlanned = false;

/** Many events of one moment are one picture. */
function tell(): void {
  isPlanned = false;
  const { calls, extensions } = waiting;
  waiting = { calls: false, extensions: false };
  if (calls) {
    liveCalls.changed();
  }
  if (extensions) {
    extensionStates.changed();
  }
}

events.listen(message => {
  const changed = state.apply(message);
  if (changed === 'nothing') {
    return;
  }
  waiting.calls ||= changed !== 'extensions';
  waiting.extensions ||= changed !== 'calls';
  if (!isPlanned) {
    isPlanned = true;
    queueMicrotask(tell);
  }
});
