import { Store } from '../text/store.ts';
import { address } from './client.ts';
import { clock } from './clock.ts';
import { EventSocket, isEvent, isSnapshot, type Message } from './socket.ts';
import type { EventsSnapshot } from './types.ts';

/** Whether what is shown is of now. */
export interface Connection {
  readonly live: boolean;
  /** Since when it is so. */
  readonly since: Date;
}

type Listener = (message: Message) => void;

/** What the tabs of one browser tell each other. */
type Told =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'live'; readonly live: boolean }
  | { readonly kind: 'hello' }
  | { readonly kind: 'state'; readonly snapshot: EventsSnapshot; readonly live: boolean };

/** Keeps the state that a new tab begins with. Set by the stores. */
export const keeper: { state: (() => Pick<EventsSnapshot, 'calls' | 'extensions'>) | undefined } = {
  state: undefined,
};

const SILENT = 35_000;

/**
 * The events of one browser: one tab has the WebSocket, the others are told by it. Which one is decided by a lock of the
 * browser; where pages get none (plain HTTP in a network), each tab has its own.
 */
class Events {
  readonly connection = new Store<Connection>({ live: false, since: clock.now() });
  readonly #listeners = new Set<Listener>();
  #socket: EventSocket | undefined;
  #channel: BroadcastChannel | undefined;
  #leaves = new AbortController();
  #cursor: string | undefined;
  #lastId = 0;
  #heardAt = 0;
  #joined = false;
  #onRefused: () => void = () => {};

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param refused told when the session may have ended */
  start(user: string, refused: () => void): void {
    this.stop();
    this.#onRefused = refused;
    this.#leaves = new AbortController();
    const { signal } = this.#leaves;
    document.addEventListener('visibilitychange', () => document.hidden || this.#doubt(), { signal });
    window.addEventListener('online', () => this.#doubt(), { signal });
    if (navigator.locks === undefined || typeof BroadcastChannel === 'undefined') {
      this.#lead();
      return;
    }
    const name = `tamas-events:${location.pathname}:${user}`;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = event => this.#told(event.data as Told);
    this.#channel.postMessage({ kind: 'hello' } satisfies Told);
    this.#queue(name, {});
    const watch = setInterval(() => this.#watch(name), 5000);
    signal.addEventListener('abort', () => clearInterval(watch));
  }

  stop(): void {
    this.#leaves.abort();
    this.#socket?.close();
    this.#socket = undefined;
    this.#channel?.close();
    this.#channel = undefined;
    this.#cursor = undefined;
    this.#joined = false;
  }

  #queue(name: string, options: LockOptions): void {
    const { signal } = this.#leaves;
    const waiting = options.steal === true ? options : { ...options, signal };
    navigator.locks
      .request(name, waiting, () => {
        if (signal.aborted) {
          return undefined;
        }
        this.#lead();
        return new Promise<void>(leave => signal.addEventListener('abort', () => leave()));
      })
      .catch(() => {
        // the page leaves, or another tab took the lock since this one was silent
        if (!signal.aborted) {
          this.#socket?.close();
          this.#socket = undefined;
          this.#queue(name, {});
        }
      });
  }

  /** A leader that is frozen tells nothing: whoever is seen takes its place. */
  #watch(name: string): void {
    const silent = Date.now() - this.#heardAt > SILENT;
    if (this.#socket === undefined && silent && !document.hidden) {
      this.#heardAt = Date.now();
      this.#queue(name, { steal: true });
    }
  }

  #lead(): void {
    const world = {
      open: (after: string | undefined): WebSocket => {
        const url = address('/events');
        url.protocol = url.protocol.replace('http', 'ws');
        if (after !== undefined) {
          url.searchParams.set('after', after);
        }
        return new WebSocket(url);
      },
      now: () => Date.now(),
      later: (millis: number, task: () => void) => {
        const timer = setTimeout(task, millis);
        return () => clearTimeout(timer);
      },
      random: () => Math.random(),
    };
    this.#socket = new EventSocket(
      world,
      {
        message: message => {
          this.#tell({ kind: 'message', message });
          this.#hear(message);
        },
        live: live => {
          this.#tell({ kind: 'live', live });
          this.#live(live);
        },
        refused: () => this.#onRefused(),
      },
      this.#joined ? this.#cursor : undefined,
    );
  }

  #tell(told: Told): void {
    this.#channel?.postMessage(told);
  }

  #told(told: Told): void {
    if (told.kind === 'hello') {
      this.#answerHello();
      return;
    }
    this.#heardAt = Date.now();
    if (this.#socket !== undefined) {
      return;
    }
    switch (told.kind) {
      case 'state':
        if (!this.#joined) {
          this.#hear(told.snapshot);
          this.#live(told.live);
        }
        break;
      case 'message':
        // before the state it is not known what it changes
        if (this.#joined || isSnapshot(told.message)) {
          this.#hear(told.message);
          this.#live(true);
        }
        break;
      case 'live':
        this.#live(told.live);
        break;
    }
  }

  #answerHello(): void {
    const state = keeper.state?.();
    const cursor = this.#socket?.cursor;
    if (state !== undefined && cursor !== undefined && this.#joined) {
      const snapshot: EventsSnapshot = { type: 'snapshot', lastId: this.#lastId, cursor, ...state };
      this.#tell({ kind: 'state', snapshot, live: this.connection.value.live });
    }
  }

  #hear(message: Message): void {
    this.#cursor = message.cursor ?? this.#cursor;
    if (isSnapshot(message)) {
      this.#joined = true;
      this.#lastId = message.lastId;
    } else if (isEvent(message)) {
      this.#lastId = message.id;
    }
    for (const listener of [...this.#listeners]) {
      listener(message);
    }
  }

  #live(live: boolean): void {
    if (live !== this.connection.value.live) {
      this.connection.set({ live, since: clock.now() });
    }
  }

  #doubt(): void {
    this.#socket?.doubt();
  }
}

export const events = new Events();
