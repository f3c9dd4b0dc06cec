import { html, nothing, type TemplateResult } from 'lit';
import { clock } from '../api/clock.ts';
import { events } from '../api/events.ts';
import { Keys } from '../frame/keys.ts';
import { hrefOf } from '../frame/router.ts';
import { extensionStates, liveCalls } from '../live/live.ts';
import { session, user } from '../session/session.ts';
import { locale } from '../text/texts.ts';
import '../widgets/combobox.ts';
import type { ComboBox } from '../widgets/combobox.ts';
import { icon } from '../widgets/icon.ts';
import { element, Ticking, View } from '../widgets/view.ts';
import { dial } from './dial.ts';
import { openDialer } from './dialer.ts';
import { missed, MOST_MISSED } from './missed.ts';
import './my-state.ts';
import { suggestions, type Dialable } from './suggestions.ts';
import { texts } from './texts.ts';

/** A connection that is made anew at once is not told. */
const MOMENT = 2000;

/** The toolbar of whoever has a telephone, over every screen. */
export class PhoneBar extends View {
  constructor() {
    super();
    this.watch(session, liveCalls as never, extensionStates as never, events.connection as never, missed as never);
    new Ticking(this);
    new Keys(this, () => ({
      title: texts().bar,
      keys: [{ keys: 'F4', text: texts().dialField, run: () => this.#toField(), whileTyping: true }],
    }));
  }

  /** Where there is no room for the field, to the dialer. */
  #toField(): void {
    const field = this.querySelector<HTMLInputElement>('#dial');
    if (field !== null && field.offsetParent !== null) {
      field.focus();
      field.select();
    } else {
      void openDialer();
    }
  }

  override render(): TemplateResult {
    const t = texts();
    const calls = liveCalls.value.size;
    const many = missed.value >= MOST_MISSED;
    return html`
      <header class="phone-bar" aria-label=${t.bar}>
        ${this.#dialField()}
        <my-state></my-state>
        <span class="grow"></span>
        ${missed.value === 0
          ? nothing
          : html`
              <a class="button quiet missed-count" href=${hrefOf('/calls', { notCalledBack: 'true' })} title=${t.missed(missed.value)} aria-label=${t.missed(missed.value)}>
                ${icon('phone-missed')}<span class="count">${locale.value.number(missed.value)}${many ? '+' : ''}</span>
              </a>
            `}
        <a class="button quiet ${calls > 0 ? 'live-count' : ''}" href="#/live" title=${t.live(calls)} aria-label=${t.live(calls)}>
          ${icon('broadcast')}<span class="count">${locale.value.number(calls)}</span>
        </a>
        ${this.#connection()}
      </header>
    `;
  }

  #dialField(): TemplateResult {
    const t = texts();
    const isPossible = user().extension !== undefined;
    return html`
      <div class="dial" title=${isPossible ? nothing : t.noExtensionText}>
        <combo-box
          kind="free"
          tel
          field="dial"
          icon="phone"
          .label="${t.dialField} (F4)"
          .placeholder=${isPossible ? `${t.dialHint} (F4)` : t.noExtension}
          .disabled=${!isPossible}
          .source=${suggestions}
          @enter=${(event: CustomEvent<string>) => void this.#dial(event.detail)}
          @choose=${(event: CustomEvent<Dialable>) => void dial(event.detail.number)}
        ></combo-box>
        <button class="button quiet square" aria-label=${t.dialer} title=${t.dialer} @click=${() => void openDialer()}>
          ${icon('dialpad')}
        </button>
      </div>
    `;
  }

  async #dial(number: string): Promise<void> {
    const field = this.querySelector<ComboBox>('combo-box');
    if ((await dial(number)) && field !== null) {
      field.text = '';
    }
  }

  #connection(): TemplateResult {
    const t = texts();
    const { live, since } = events.connection.value;
    const isLost = !live && clock.now().getTime() - since.getTime() > MOMENT;
    const word = isLost ? t.offline(locale.value.time(since)) : t.connected;
    return html`
      <span class="connection ${live ? 'good' : isLost ? 'bad' : ''}" role="status" title=${word}>
        <span class="dot" aria-hidden="true"></span><span class=${isLost ? '' : 'unseen'}>${word}</span>
      </span>
    `;
  }
}

element('phone-bar', PhoneBar);
