import { html, nothing, type TemplateResult } from 'lit';
import { texts as phoneTexts } from '../phone/texts.ts';
import { begin, session } from '../session/session.ts';
import { texts as sessionTexts } from '../session/texts.ts';
import '../session/new-password.ts';
import '../session/own-codes.ts';
import '../session/sign-in.ts';
import { locale } from '../text/texts.ts';
import { announced, announcer } from '../widgets/announce.ts';
import { texts as widgetTexts } from '../widgets/texts.ts';
import { toaster, toasts, undoLast } from '../widgets/toast.ts';
import { element, View } from '../widgets/view.ts';
import { showHelp } from './help.ts';
import { Keys } from './keys.ts';
import { openPalette } from './palette.ts';
import { go, place } from './router.ts';
import { ROUTES } from './routes.ts';
import './screen-host.ts';
import './sections.ts';
import '../phone/bar.ts';
import '../phone/cards.ts';
import { texts } from './texts.ts';

/** The console: entrance, or sections, phone bar and the screen of the address. */
export class Shell extends View {
  static override properties = { isReady: { state: true }, isWaiting: { state: true } };

  isReady = false;
  isWaiting = false;

  constructor() {
    super();
    this.watch(session, toasts, announced, place);
    new Keys(this, () => ({
      title: texts().everywhere,
      keys: [
        { keys: 'Ctrl k', text: texts().palette, run: () => void openPalette(), whileTyping: true },
        { keys: '?', text: texts().showKeys, run: () => void showHelp() },
        ...ROUTES.filter(route => route.key !== undefined).map(route => ({
          keys: `g ${route.key}`,
          text: texts().goTo(texts().screens[route.name]),
          run: () => go(route.path),
        })),
        { keys: 'Ctrl z', text: texts().undoLast, run: undoLast },
        { keys: 'Escape', text: texts().closeTop, run: () => {} },
      ],
    }));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#begin();
  }

  async #begin(): Promise<void> {
    await Promise.all([texts.load(), widgetTexts.load(), sessionTexts.load(), phoneTexts.load()]);
    this.isReady = true;
    await begin(() => (this.isWaiting = true));
    this.isWaiting = false;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.isReady) {
      return nothing;
    }
    return html`${this.#page()} ${toaster()} ${announcer()}`;
  }

  #page(): TemplateResult {
    // the language is part of what is shown
    void locale.value;
    switch (session.value.state) {
      case 'unknown':
        return this.isWaiting
          ? html`<main class="entrance"><p class="muted" role="status">${sessionTexts().waiting}</p></main>`
          : html`<main class="entrance" aria-busy="true"></main>`;
      case 'out':
        return html`<sign-in-page></sign-in-page>`;
      case 'one-time':
        return html`<new-password-page></new-password-page>`;
      case 'codes-due':
        return html`<own-codes-page></own-codes-page>`;
      case 'in':
        return this.#inside();
    }
  }

  #inside(): TemplateResult {
    const skip = (event: Event): void => {
      event.preventDefault();
      this.querySelector<HTMLElement>('#main')?.focus();
    };
    return html`
      <a class="skip button primary" href="#main" @click=${skip}>${texts().skip}</a>
      <div class="shell">
        <console-sections></console-sections>
        <phone-bar></phone-bar>
        <screen-host></screen-host>
      </div>
      <call-cards></call-cards>
    `;
  }
}

element('tamas-console', Shell);
