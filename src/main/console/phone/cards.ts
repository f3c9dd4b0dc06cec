import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { clock } from '../api/clock.ts';
import { Keys } from '../frame/keys.ts';
import { liveCalls } from '../live/live.ts';
import { session, user } from '../session/session.ts';
import { announce } from '../widgets/announce.ts';
import { icon } from '../widgets/icon.ts';
import { name, number } from '../widgets/pieces.ts';
import { toast } from '../widgets/toast.ts';
import { element, View } from '../widgets/view.ts';
import './card.ts';
import type { CallCard } from './card.ts';
import { Cards, isMineAlone, type Card } from './ringing.ts';
import { texts } from './texts.ts';

const MOST = 3;
const SECOND = 1000;

/** The cards of the calls at one's own phone: at most three, the others as a list. They never take the focus. */
export class CallCards extends View {
  readonly #cards = new Cards();
  readonly #channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`tamas-cards:${location.pathname}`);
  #timer: number | undefined;
  #before: Element | null = null;

  constructor() {
    super();
    this.watch(session, liveCalls as never);
    new Keys(this, () => {
      const t = texts();
      return {
        title: t.cards,
        keys: [
          { keys: 'F2', text: t.toCard, run: () => this.#focus(), whileTyping: true },
          { keys: 'F8', text: t.answer, run: () => this.#answer(), whileTyping: true },
          { keys: 'F9', text: t.hangUp, run: () => this.#hangUp(), whileTyping: true },
        ],
      };
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = window.setInterval(() => this.#cards.all.length > 0 && this.requestUpdate(), SECOND);
    if (this.#channel !== undefined) {
      // dismissed in one tab, it is gone in all
      this.#channel.onmessage = event => this.#dismiss(String(event.data), false);
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.#timer);
    this.#channel?.close();
  }

  override willUpdate(): void {
    const before = new Set(this.#cards.all.filter(one => one.at === 'ringing').map(one => one.call.id));
    const held = new Set([...this.querySelectorAll<CallCard>('call-card')].filter(one => one.isHeld).map(one => one.card.call.id));
    this.#cards.update(liveCalls.value, user().extension, clock.now().getTime(), id => held.has(id));
    for (const { call, at } of this.#cards.all) {
      if (at === 'ringing' && !before.has(call.id)) {
        announce(texts().incomingFrom(call.callerName === '' ? call.caller : call.callerName), true);
      }
    }
  }

  override render(): TemplateResult | typeof nothing {
    const t = texts();
    const cards = this.#cards.all;
    if (cards.length === 0) {
      return nothing;
    }
    return html`
      <section
        class="call-cards"
        aria-label=${t.cards}
        @dismiss=${(event: CustomEvent<string>) => this.#dismiss(event.detail, true)}
        @leave=${() => this.#leave()}
      >
        ${repeat(
          cards.slice(0, MOST),
          one => one.call.id,
          one => html`<call-card .card=${one}></call-card>`,
        )}
        ${cards.length > MOST ? this.#others(cards.slice(MOST)) : nothing}
      </section>
    `;
  }

  #others(cards: readonly Card[]): TemplateResult {
    return html`
      <div class="call-card more">
        <h2>${texts().moreCalls(cards.length)}</h2>
        <ul>
          ${cards.map(
            ({ call }) => html`<li>
              ${icon('phone-in')}<span class="grow">${call.callerName === '' ? nothing : name(call.callerName)} ${number(call.caller)}</span>
            </li>`,
          )}
        </ul>
      </div>
    `;
  }

  #dismiss(id: string, isHere: boolean): void {
    this.#cards.dismiss(id);
    if (isHere) {
      this.#channel?.postMessage(id);
    }
    this.requestUpdate();
  }

  /** To the first card; Esc goes back to where one was. */
  #focus(): void {
    const { activeElement } = document;
    if (activeElement !== null && !this.contains(activeElement)) {
      this.#before = activeElement;
    }
    this.querySelector<HTMLElement>('.call-card')?.focus();
  }

  #leave(): void {
    if (this.#before instanceof HTMLElement) {
      this.#before.focus();
    }
  }

  #answer(): void {
    if (this.#cards.all.some(one => one.at === 'ringing')) {
      toast(texts().answerAtPhone);
    }
  }

  /** What is talked first, else what rings here alone; else the first card is put away. */
  #hangUp(): void {
    const cards = this.#cards.all;
    const call = (cards.find(one => one.at === 'talking') ?? cards.find(isMineAlone))?.call;
    const element = [...this.querySelectorAll<CallCard>('call-card')].find(one => one.card.call.id === call?.id);
    if (element !== undefined) {
      void element.hangUp();
    } else if (cards[0] !== undefined) {
      this.#dismiss(cards[0].call.id, true);
    }
  }
}

element('call-cards', CallCards);
