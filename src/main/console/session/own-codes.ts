import { html, type TemplateResult } from 'lit';
import { api } from '../api/client.ts';
import type { BegunCodes } from '../api/types.ts';
import { Form } from '../widgets/form.ts';
import { element, View } from '../widgets/view.ts';
import { texts as frameTexts } from '../frame/texts.ts';
import { resume, session } from './session.ts';
import { preferences } from './sign-in.ts';
import { texts } from './texts.ts';

/** Sets up the one-time codes that the company demands of a role. */
export class OwnCodesPage extends View {
  static override properties = { begun: { state: true }, recoveries: { state: true } };

  begun: BegunCodes | undefined;
  recoveries: readonly string[] = [];
  readonly #password = new Form(this, { password: '' });
  readonly #code = new Form(this, { code: '' });

  override connectedCallback(): void {
    super.connectedCallback();
    const { value } = session;
    if (value.state === 'codes-due' && value.password !== '') {
      // a password that does not count any more is asked for
      void this.#begin(value.password).catch(() => {});
    }
  }

  override render(): TemplateResult {
    const t = texts();
    document.title = `${t.codesTitle} · ${frameTexts().product}`;
    return html`
      <main class="entrance" id="main">
        <div class="entrance-card">
          <img class="logo" src="logo.svg" alt="" width="44" height="44" />
          <h1>${t.codesTitle}</h1>
          ${this.#step()}
        </div>
        ${preferences()}
      </main>
    `;
  }

  #step(): TemplateResult {
    if (this.recoveries.length > 0) {
      return this.#kept();
    }
    return this.begun === undefined ? this.#first() : this.#second(this.begun);
  }

  #first(): TemplateResult {
    const t = texts();
    const form = this.#password;
    return html`
      <p class="muted">${t.codesText}</p>
      <form class="form" @submit=${form.onSubmit(({ password }) => this.#begin(password))}>
        ${form.field({ name: 'password', label: t.password, kind: 'password', autocomplete: 'current-password', focus: true })}
        ${form.message()}
        <button class="button primary" ?disabled=${form.isBusy}>${t.codesBegin}</button>
      </form>
    `;
  }

  #second({ secret, uri }: BegunCodes): TemplateResult {
    const t = texts();
    const form = this.#code;
    const grouped = secret.replace(/(.{4})(?=.)/g, '$1 ');
    return html`
      <p class="muted">${t.codesAdd}</p>
      <p><code><bdi dir="ltr">${grouped}</bdi></code></p>
      <a class="button" href=${uri}>${t.codesOpen}</a>
      <form class="form" @submit=${form.onSubmit(({ code }) => this.#confirm(code))}>
        ${form.field({ name: 'code', label: t.code, kind: 'code', hint: t.codesHint, autocomplete: 'one-time-code', focus: true })}
        ${form.message()}
        <button class="button primary" ?disabled=${form.isBusy}>${t.codesConfirm}</button>
      </form>
    `;
  }

  #kept(): TemplateResult {
    const t = texts();
    return html`
      <p class="muted">${t.codesKeep}</p>
      <ul>
        ${this.recoveries.map(code => html`<li><code><bdi dir="ltr">${code}</bdi></code></li>`)}
      </ul>
      <button class="button primary" autofocus @click=${() => void resume()}>${t.codesKept}</button>
    `;
  }

  async #begin(password: string): Promise<void> {
    const { body } = await api('POST /me/otp', { body: { password } });
    this.begun = body;
  }

  async #confirm(code: string): Promise<void> {
    const { body } = await api('PUT /me/otp', { body: { code } });
    this.recoveries = body.recoveryCodes;
  }
}

element('own-codes-page', OwnCodesPage);
