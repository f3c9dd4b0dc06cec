import { isEvent, isSnapshot, type Message } from '../api/socket.ts';
import type { Call, ExtensionState } from '../api/types.ts';

/** Calls in progress and states of extensions as the messages tell them. Pure. */
export class LiveState {
  /** In the order in which they began. */
  readonly calls = new Map<string, Call>();
  readonly extensions = new Map<string, ExtensionState>();

  /** @returns what has changed */
  apply(message: Message): 'all' | 'calls' | 'extensions' | 'nothing' {
    if (isSnapshot(message)) {
      this.calls.clear();
      this.extensions.clear();
      for (const call of message.calls) {
        this.calls.set(call.id, call);
      }
      for (const state of message.extensions) {
        this.extensions.set(state.extension, state);
      }
      return 'all';
    }
    return isEvent(message) ? this.#event(message.type, message.subject, message.data) : 'nothing';
  }

  #event(type: string, subject: string, data: unknown): 'calls' | 'extensions' | 'nothing' {
    switch (type) {
      case 'call.started':
      case 'call.ringing':
      case 'call.answered':
      case 'call.changed': {
        const call = data as Call;
        this.calls.set(call.id, call);
        return 'calls';
      }
      case 'call.ended':
      case 'call.joined':
        return this.calls.delete(subject.slice('call:'.length)) ? 'calls' : 'nothing';
      case 'extension.state': {
        const state = data as ExtensionState;
        this.extensions.set(state.extension, state);
        return 'extensions';
      }
      default:
        return 'nothing';
    }
  }
}
