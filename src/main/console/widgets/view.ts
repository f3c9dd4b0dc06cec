import { LitElement, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { Store } from '../text/store.ts';
import { locale } from '../text/texts.ts';

/** Shows the host anew whenever one of the stores changes. */
export class Watching implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #stores: readonly Store<unknown>[];
  #ends: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, ...stores: readonly Store<never>[] | readonly Store<unknown>[]) {
    this.#host = host;
    this.#stores = stores as readonly Store<unknown>[];
    host.addController(this);
  }

  hostConnected(): void {
    this.#ends = this.#stores.map(store => store.watch(() => this.#host.requestUpdate()));
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#ends.forEach(end => end());
    this.#ends = [];
  }
}

/**
 * What every element of the console is made of: it renders into the page itself, where labels, styles and searches reach
 * it, and anew when the language changes.
 */
export class View extends LitElement {
  constructor() {
    super();
    this.watch(locale);
  }

  watch(...stores: Store<never>[] | Store<unknown>[]): void {
    new Watching(this, ...(stores as Store<unknown>[]));
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** Declares an element once. */
export function element(name: string, type: CustomElementConstructor): void {
  if (customElements.get(name) === undefined) {
    customElements.define(name, type);
  }
}

/** Renders once a second while it is seen, for times that run. */
export class Ticking implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: number | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = window.setInterval(() => document.hidden || this.#host.requestUpdate(), 1000);
  }

  hostDisconnected(): void {
    window.clearInterval(this.#timer);
  }
}
