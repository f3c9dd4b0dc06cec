import type { Call, Event, EventsGap, EventsPosition, EventsSnapshot } from './types.ts';

/** What comes by the WebSocket of events. */
export type Message = EventsSnapshot | EventsGap | EventsPosition | Event;

export type { Call };

export function isSnapshot(message: Message): message is EventsSnapshot {
  return message.type === 'snapshot';
}

export function isGap(message: Message): message is EventsGap {
  return message.type === 'gap';
}

export function isEvent(message: Message): message is Event {
  return 'subject' in message;
}

/** What the connection needs of its surroundings; exchanged in tests. */
export interface World {
  open(after: string | undefined): WebSocket;
  now(): number;
  later(millis: number, task: () => void): () => void;
  random(): number;
}

export interface Hearer {
  message(message: Message): void;
  /** Whether messages come; false as soon as that is in doubt. */
  live(live: boolean): void;
  /** The server refused several times: perhaps the session has ended. */
  refused(): void;
}

/** A quiet connection is asked for a sign of life; without one it is dead. */
const QUIET = 15_000;
const PATIENCE = 12_000;
const LONGEST = 10_000;
const POLICY = 1008;

/** One connection that comes back by itself, and continues where it was. */
export class EventSocket {
  readonly #world: World;
  readonly #hearer: Hearer;
  #socket: WebSocket | undefined;
  #cursor: string | undefined;
  #failures = 0;
  #closed = false;
  #stop: () => void = () => {};

  constructor(world: World, hearer: Hearer, cursor?: string) {
    this.#world = world;
    this.#hearer = hearer;
    this.#cursor = cursor;
    this.#connect();
  }

  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** The page is seen again, or the network is back: doubts whether the connection lives. */
  doubt(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#ask(3000);
    } else {
      this.#failures = 0;
      this.#again(0);
    }
  }

  /** Begins anew, with a snapshot. */
  anew(): void {
    this.#cursor = undefined;
    this.#again(0);
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #connect(): void {
    const socket = this.#world.open(this.#cursor);
    this.#socket = socket;
    this.#wait(PATIENCE, () => this.#lost());
    socket.onopen = () => {
      this.#hearer.live(true);
      this.#listen();
    };
    socket.onmessage = event => this.#heard(JSON.parse(String(event.data)) as Message);
    socket.onclose = event => {
      if (event.code === POLICY) {
        this.#failures = 0;
      }
      this.#lost();
    };
  }

  #heard(message: Message): void {
    this.#failures = 0;
    if (isGap(message)) {
      this.#hearer.message(message);
      this.anew();
      return;
    }
    this.#cursor = message.cursor ?? this.#cursor;
    this.#listen();
    this.#hearer.message(message);
  }

  #listen(): void {
    this.#wait(QUIET, () => this.#ask(PATIENCE));
  }

  #ask(patience: number): void {
    this.#socket?.send('position');
    this.#wait(patience, () => this.#lost());
  }

  #lost(): void {
    this.#failures += 1;
    this.#hearer.live(false);
    if (this.#failures % 3 === 0) {
      this.#hearer.refused();
    }
    const pause = Math.min(LONGEST, 250 * 2 ** this.#failures);
    this.#again(pause * (0.5 + this.#world.random() / 2));
  }

  #again(pause: number): void {
    this.#drop();
    if (!this.#closed) {
      this.#wait(pause, () => this.#connect());
    }
  }

  #drop(): void {
    this.#stop();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket !== undefined) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  #wait(millis: number, task: () => void): void {
    this.#stop();
    this.#stop = this.#world.later(millis, task);
  }
}
