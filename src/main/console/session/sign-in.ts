import { html, nothing, type TemplateResult } from 'lit';
import { address, api, Refused } from '../api/client.ts';
import { LANGUAGES, NAMES } from '../text/language.ts';
import { locale } from '../text/texts.ts';
import { Form } from '../widgets/form.ts';
import { element, View } from '../widgets/view.ts';
import { theme, THEMES } from '../frame/theme.ts';
import { texts as frameTexts } from '../frame/texts.ts';
import { signIn, useLanguage } from './session.ts';
import { texts } from './texts.ts';

/** Whether the refusal asks for a one-time code. */
export function wantsCode(fault: unknown): boolean {
  return (
    fault instanceof Refused && fault.status === 422 && fault.problem.faults.some(one => one.pointer === '/code')
  );
}

/** Name and password, and a one-time code where that is asked for. */
export class SignInForm extends View {
  static override properties = { name: {}, hasCode: { state: true } };

  /** Who must sign in; anybody if it is empty. */
  name = '';
  hasCode = false;
  readonly #form = new Form(this, { name: '', password: '', code: '' });

  override render(): TemplateResult {
    const t = texts();
    const form = this.#form;
    return html`
      <form class="form" @submit=${form.onSubmit(values => this.#send(values))}>
        ${this.name === ''
          ? form.field({ name: 'name', label: t.name, autocomplete: 'username', focus: true })
          : html`<input type="hidden" autocomplete="username" .value=${this.name} />`}
        ${form.field({ name: 'password', label: t.password, kind: 'password', autocomplete: 'current-password', focus: this.name !== '' })}
        ${this.hasCode
          ? form.field({ name: 'code', label: t.code, kind: 'code', hint: t.codeHint, autocomplete: 'one-time-code', focus: true })
          : nothing}
        ${form.message()}
        <button class="button primary" ?disabled=${form.isBusy}>${t.signIn}</button>
      </form>
    `;
  }

  async #send({ name, password, code }: { name: string; password: string; code: string }): Promise<void> {
    const t = texts();
    try {
      await signIn(this.name || name, password, this.hasCode ? code : '');
    } catch (fault) {
      if (wantsCode(fault) && !this.hasCode) {
        this.hasCode = true;
        await this.updateComplete;
        this.querySelector<HTMLElement>('[name=code]')?.focus();
        return;
      }
      throw fault instanceof Refused && fault.status === 401
        ? new Refused({ ...fault.problem, detail: this.hasCode ? t.wrongCode : t.wrong, faults: [] })
        : fault;
    }
    this.dispatchEvent(new CustomEvent('entered'));
  }
}

element('sign-in-form', SignInForm);

/** The first page for who has not signed in, with language and appearance. */
export class SignInPage extends View {
  static override properties = { hasOtherWay: { state: true } };

  hasOtherWay = false;
  readonly #failed = new URLSearchParams(location.search).has('open-id');

  constructor() {
    super();
    this.watch(theme);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void api('GET /session/ways').then(
      ({ body }) => (this.hasOtherWay = body.openId),
      () => {},
    );
  }

  override render(): TemplateResult {
    const t = texts();
    document.title = `${t.title} · ${frameTexts().product}`;
    return html`
      <main class="entrance" id="main">
        <div class="entrance-card">
          <img class="logo" src="logo.svg" alt="" width="44" height="44" />
          <h1>${t.title}</h1>
          ${this.#failed ? html`<p class="form-fault" role="alert">${t.otherWayFailed}</p>` : nothing}
          <sign-in-form></sign-in-form>
          ${this.hasOtherWay ? html`<a class="button" href=${this.#otherWay()}>${t.otherWay}</a>` : nothing}
        </div>
        ${preferences()}
      </main>
    `;
  }

  #otherWay(): string {
    const url = address('/session/open-id');
    url.searchParams.set('to', location.pathname);
    return url.href;
  }
}

element('sign-in-page', SignInPage);

/** Language and appearance, for who is not known yet. */
export function preferences(): TemplateResult {
  const t = frameTexts();
  return html`
    <div class="preferences">
      <label>
        <span class="unseen">${t.language}</span>
        <select
          class="input small"
          @change=${(event: Event) => void useLanguage((event.target as HTMLSelectElement).value as never)}
        >
          ${LANGUAGES.map(
            one => html`<option value=${one} lang=${one} ?selected=${one === locale.value.language}>${NAMES[one]}</option>`,
          )}
        </select>
      </label>
      <label>
        <span class="unseen">${t.theme}</span>
        <select
          class="input small"
          @change=${(event: Event) => theme.set((event.target as HTMLSelectElement).value as never)}
        >
          ${THEMES.map(one => html`<option value=${one} ?selected=${one === theme.value}>${t.themes[one]}</option>`)}
        </select>
      </label>
    </div>
  `;
}
