import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { icon, type IconName } from './icon.ts';
import { place } from './place.ts';
import { element, View } from './view.ts';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** Of several that exclude each other. */
  readonly checked?: boolean;
  readonly run: () => void;
}

/**
 * A button that opens a menu: `<menu-button .label=${…} .items=${…}>`. Arrows, Home, End and the first letter move, Esc
 * closes.
 */
export class MenuButton extends View {
  static override properties = { label: {}, about: {}, icon: {}, dot: {}, items: {}, isOpen: { state: true }, showLabel: { type: Boolean } };

  label = '';
  /** What readers are told, if it is more than the label. */
  about = '';
  icon: IconName = 'dots';
  /** A state in place of the icon. */
  dot: 'good' | 'busy' | 'warn' | 'bad' | 'off' | '' = '';
  items: readonly MenuItem[] = [];
  showLabel = false;
  isOpen = false;

  override render(): TemplateResult {
    return html`
      <button
        class="button quiet ${this.showLabel ? '' : 'square'}"
        aria-haspopup="menu"
        aria-expanded=${this.isOpen}
        aria-label=${this.about !== '' ? this.about : this.showLabel ? nothing : this.label}
        title=${this.showLabel ? nothing : this.label}
        @click=${() => this.open()}
        @keydown=${(event: KeyboardEvent) => event.key === 'ArrowDown' && this.open(event)}
      >
        ${this.dot === '' ? icon(this.icon) : html`<span class="state ${this.dot}"><span class="dot"></span></span>`}${this.showLabel ? html`<span class="menu-label">${this.label}</span>${this.dot === '' ? nothing : icon('chevron-down')}` : nothing}
      </button>
      <div
        class="menu"
        popover
        role="menu"
        aria-label=${this.label}
        @toggle=${(event: ToggleEvent) => (this.isOpen = event.newState === 'open')}
        @keydown=${(event: KeyboardEvent) => this.#key(event)}
      >
        ${this.isOpen ? this.items.map(item => this.#item(item)) : nothing}
      </div>
    `;
  }

  #item(item: MenuItem): TemplateResult {
    return html`
      <button
        class="menu-item"
        role=${item.checked === undefined ? 'menuitem' : 'menuitemradio'}
        aria-checked=${item.checked ?? nothing}
        tabindex="-1"
        @click=${() => this.#choose(item)}
      >
        ${item.checked === undefined ? (item.icon ? icon(item.icon) : nothing) : html`<span class="tick">${item.checked ? icon('check') : nothing}</span>`}
        <span>${item.label}</span>
      </button>
    `;
  }

  get #menu(): HTMLElement {
    return this.querySelector<HTMLElement>('.menu')!;
  }

  open(event?: Event): void {
    event?.preventDefault();
    this.isOpen = true;
    this.#menu.showPopover();
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('isOpen') && this.isOpen) {
      place(this.#menu, this.querySelector('button')!);
      this.#buttons[0]?.focus();
    }
  }

  get #buttons(): HTMLButtonElement[] {
    return [...this.#menu.querySelectorAll<HTMLButtonElement>('.menu-item')];
  }

  #choose(item: MenuItem): void {
    this.#close();
    item.run();
  }

  #close(): void {
    this.#menu.hidePopover();
    this.querySelector('button')?.focus();
  }

  #key(event: KeyboardEvent): void {
    const buttons = this.#buttons;
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1 + buttons.length,
      Home: 0,
      End: buttons.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      buttons[to % buttons.length]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    }
  }
}

element('menu-button', MenuButton);
