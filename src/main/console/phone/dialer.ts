import { html, nothing, type TemplateResult } from 'lit';
import { user } from '../session/session.ts';
import { locale } from '../text/texts.ts';
import '../widgets/combobox.ts';
import { openDialog } from '../widgets/dialog.ts';
import { icon } from '../widgets/icon.ts';
import { number } from '../widgets/pieces.ts';
import { empty } from '../widgets/states.ts';
import { element, View } from '../widgets/view.ts';
import { dial } from './dial.ts';
import { lastNumbers } from './last.ts';
import { suggestions, type Dialable } from './suggestions.ts';
import { texts } from './texts.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** A field for numbers of any format with suggestions, the keys of a telephone, and the last numbers. */
export class Dialer extends View {
  static override properties = { number: { state: true }, isBusy: { state: true } };

  number = '';
  isBusy = false;

  override render(): TemplateResult {
    const t = texts();
    if (user().extension === undefined) {
      return empty({ icon: 'phone', title: t.noExtension, text: t.noExtensionText });
    }
    const last = lastNumbers();
    return html`
      <div class="dialer">
        <combo-box
          kind="free"
          tel
          field="dialer-number"
          icon="phone"
          .label=${t.dialField}
          .placeholder=${t.dialHint}
          .source=${suggestions}
          .text=${this.number}
          @input=${(event: InputEvent) => (this.number = (event.target as HTMLInputElement).value)}
          @enter=${(event: CustomEvent<string>) => void this.#dial(event.detail)}
          @choose=${(event: CustomEvent<Dialable>) => void this.#dial(event.detail.number)}
        ></combo-box>
        <div class="keypad" role="group" aria-label=${t.keypad} dir="ltr">
          ${KEYS.map(key => html`<button class="button" @click=${() => (this.number += key)}>${locale.value.text(key)}</button>`)}
        </div>
        <div class="dialer-acts">
          <button class="button primary grow" ?disabled=${this.isBusy || this.number.trim() === ''} @click=${() => void this.#dial(this.number)}>
            ${icon('phone-fill')}<span>${t.dial}</span>
          </button>
          <button class="button" aria-label=${t.erase} title=${t.erase} ?disabled=${this.number === ''} @click=${() => (this.number = this.number.slice(0, -1))}>
            ${icon('backspace')}
          </button>
        </div>
        ${last.length === 0
          ? nothing
          : html`
              <section>
                <h3>${t.lastNumbers}</h3>
                <ul class="last-numbers">
                  ${last.map(one => html`<li><button class="section-link" @click=${() => void this.#dial(one)}>${icon('clock')}${number(one)}</button></li>`)}
                </ul>
              </section>
            `}
      </div>
    `;
  }

  async #dial(to: string): Promise<void> {
    this.isBusy = true;
    if (await dial(to)) {
      this.dispatchEvent(new CustomEvent('dialled', { bubbles: true }));
    }
    this.isBusy = false;
  }
}

element('dialer-pad', Dialer);

export function openDialer(): Promise<unknown> {
  return openDialog({ title: texts().dialer }, close => html`<dialer-pad @dialled=${() => close()}></dialer-pad>`);
}
