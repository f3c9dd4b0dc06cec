import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { icon, type IconName } from './icon.ts';
import { texts } from './texts.ts';
import { element, View } from './view.ts';

export interface Option {
  readonly id: string;
  readonly label: string;
  readonly detail?: string | TemplateResult | undefined;
  readonly icon?: IconName;
}

let last = 0;

const TYPING = 150;

/**
 * A field with suggestions (ARIA combobox with a list): `<combo-box .label .source @choose>`. The event's `detail` is the
 * option. What is typed goes to `source`, and only the last answer counts.
 */
export class ComboBox extends View {
  static override properties = {
    label: {},
    placeholder: {},
    source: { attribute: false },
    kind: {},
    tel: { type: Boolean },
    disabled: { type: Boolean },
    field: {},
    icon: {},
    text: {},
    options: { state: true },
    active: { state: true },
    isOpen: { state: true },
    isSearching: { state: true },
  };

  label = '';
  placeholder = '';
  /** `list`: the suggestions are always there, as in the palette. `free`: what is typed counts too, by the event `enter`. */
  kind: 'field' | 'list' | 'free' = 'field';
  /** For numbers, which are written from the left. */
  tel = false;
  disabled = false;
  /** The id of the input. */
  field = '';
  icon: IconName = 'search';
  source: (text: string, signal: AbortSignal) => Promise<readonly Option[]> | readonly Option[] = () => [];
  text = '';
  options: readonly Option[] = [];
  active = 0;
  isOpen = false;
  isSearching = false;
  readonly #id = `combo-${++last}`;
  #asked = new AbortController();
  #timer: number | undefined;
  #isEntered = false;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.kind === 'list') {
      void this.#search();
    }
  }

  override render(): TemplateResult {
    const isShown =
      this.kind === 'list' || (this.isOpen && this.text !== '' && (this.kind === 'field' || this.options.length > 0));
    const chosen = isShown && this.active >= 0 && this.options.length > 0 ? `${this.#id}-${this.active}` : nothing;
    return html`
      <div class="combo">
        <div class="input-box">
          ${icon(this.icon)}
          <input
            class="input"
            id=${this.field === '' ? nothing : this.field}
            type=${this.tel ? 'tel' : 'text'}
            ?disabled=${this.disabled}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded=${isShown}
            aria-controls="${this.#id}-list"
            aria-activedescendant=${chosen}
            aria-label=${this.label}
            placeholder=${this.placeholder}
            autocomplete="off"
            spellcheck="false"
            dir=${this.tel && /^[\s0-9\u06f0-\u06f9\u0660-\u0669+*#]*$/.test(this.text) ? 'ltr' : 'auto'}
            .value=${this.text}
            @input=${(event: InputEvent) => this.#typed((event.target as HTMLInputElement).value)}
            @keydown=${(event: KeyboardEvent) => this.#key(event)}
            @blur=${() => (this.isOpen = false)}
          />
        </div>
        <ul class="options" id="${this.#id}-list" role="listbox" aria-label=${this.label} ?hidden=${!isShown}>
          ${this.options.map((option, i) => this.#option(option, i))}
          ${this.options.length === 0 && !this.isSearching
            ? html`<li class="option none" role="option" aria-disabled="true" aria-selected="false">${texts().noMatch}</li>`
            : nothing}
        </ul>
      </div>
    `;
  }

  #option(option: Option, i: number): TemplateResult {
    return html`
      <li
        class="option"
        id="${this.#id}-${i}"
        role="option"
        aria-selected=${i === this.active}
        @pointermove=${() => (this.active = i)}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => this.#choose(option)}
      >
        ${option.icon === undefined ? nothing : icon(option.icon)}
        <bdi class="grow">${option.label}</bdi>
        ${option.detail === undefined ? nothing : html`<span class="muted">${option.detail}</span>`}
      </li>
    `;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('active')) {
      this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    }
  }

  #typed(text: string): void {
    this.text = text;
    this.isOpen = true;
    this.#isEntered = false;
    this.isSearching = true;
    window.clearTimeout(this.#timer);
    if (this.kind === 'list') {
      void this.#search();
    } else {
      this.#timer = window.setTimeout(() => void this.#search(), TYPING);
    }
  }

  async #search(): Promise<void> {
    this.#asked.abort();
    const asked = new AbortController();
    this.#asked = asked;
    this.isSearching = true;
    try {
      const found = this.source(this.text, asked.signal);
      // what is known is there at once, before the next key
      const options = found instanceof Promise ? await found : found;
      if (!asked.signal.aborted) {
        this.#found(options);
      }
    } catch {
      // whoever types on asks again
      if (!asked.signal.aborted) {
        this.options = [];
      }
    } finally {
      this.isSearching = this.#asked !== asked;
    }
  }

  #found(options: readonly Option[]): void {
    this.options = options;
    this.active = this.kind === 'free' ? -1 : 0;
    const first = options[0];
    if (this.#isEntered && first !== undefined) {
      this.#choose(first);
    }
    this.#isEntered = false;
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) {
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const option = this.options[this.active];
    if (event.key === 'Enter' && this.isSearching && this.kind !== 'free') {
      // who types faster than the answer comes means what they have typed
      event.preventDefault();
      this.#isEntered = true;
    } else if (step !== 0 && this.options.length > 0) {
      event.preventDefault();
      this.isOpen = true;
      const from = this.active < 0 && step < 0 ? 0 : this.active;
      this.active = (from + step + this.options.length) % this.options.length;
    } else if (event.key === 'Enter' && this.kind === 'free' && option === undefined) {
      event.preventDefault();
      this.enter();
    } else if (event.key === 'Enter' && option !== undefined && (this.kind !== 'field' || this.isOpen)) {
      event.preventDefault();
      this.#choose(option);
    } else if (event.key === 'Escape' && this.kind !== 'list' && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.isOpen = false;
    }
  }

  /** What was typed, as it is. */
  enter(): void {
    this.isOpen = false;
    if (this.text.trim() !== '') {
      this.dispatchEvent(new CustomEvent<string>('enter', { detail: this.text, bubbles: true }));
    }
  }

  #choose(option: Option): void {
    this.isOpen = false;
    this.text = '';
    this.options = [];
    this.dispatchEvent(new CustomEvent<Option>('choose', { detail: option, bubbles: true }));
  }
}

element('combo-box', ComboBox);
