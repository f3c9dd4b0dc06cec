import { html, nothing, type TemplateResult } from 'lit';
import { events } from '../api/events.ts';
import { Keys } from '../frame/keys.ts';
import { liveCalls } from '../live/live.ts';
import { session, user } from '../session/session.ts';
import { locale } from '../text/texts.ts';
import { icon } from '../widgets/icon.ts';
import { element, View } from '../widgets/view.ts';
import { dial } from './dial.ts';
import { texts } from './texts.ts';

/** The toolbar of whoever has a telephone, over every screen. */
export class PhoneBar extends View {
  static override properties = { number: { state: true } };

  number = '';

  constructor() {
    super();
    this.watch(session, liveCalls as never, events.connection as never);
    new Keys(this, () => ({
      title: texts().bar,
      keys: [{ keys: 'F4', text: texts().dialField, run: () => this.#field?.focus(), whileTyping: true }],
    }));
  }

  get #field(): HTMLInputElement | null {
    return this.querySelector('#dial');
  }

  override render(): TemplateResult {
    const t = texts();
    const calls = liveCalls.value.size;
    return html`
      <header class="phone-bar" aria-label=${t.bar}>
        ${this.#dialField()}
        <span class="grow"></span>
        <a class="button quiet" href="#/live" title=${t.live(calls)} aria-label=${t.live(calls)}>
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
      <form class="dial" @submit=${(event: Event) => void this.#dial(event)}>
        <div class="input-box" title=${isPossible ? nothing : t.noExtension}>
          ${icon('phone')}
          <input
            class="input"
            id="dial"
            type="tel"
            autocomplete="off"
            aria-label="${t.dialField} (F4)"
            placeholder=${isPossible ? t.dialHint : t.noExtension}
            ?disabled=${!isPossible}
            .value=${this.number}
            @input=${(event: InputEvent) => (this.number = (event.target as HTMLInputElement).value)}
          />
          <kbd>F4</kbd>
        </div>
        <button class="button primary square" aria-label=${t.dial} ?disabled=${!isPossible || this.number.trim() === ''}>
          ${icon('phone-fill')}
        </button>
      </form>
    `;
  }

  async #dial(event: Event): Promise<void> {
    event.preventDefault();
    if (this.number.trim() !== '' && (await dial(this.number))) {
      this.number = '';
    }
  }

  #connection(): TemplateResult {
    const t = texts();
    const { live, since } = events.connection.value;
    const word = live ? t.connected : t.offline(locale.value.time(since));
    return html`
      <span class="connection ${live ? 'good' : 'bad'}" role="status" title=${word}>
        <span class="dot" aria-hidden="true"></span><span class=${live ? 'unseen' : ''}>${word}</span>
      </span>
    `;
  }
}

element('phone-bar', PhoneBar);
