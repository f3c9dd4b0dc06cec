import { html, nothing, type TemplateResult } from 'lit';
import { Refused } from '../api/client.ts';
import { Form } from '../widgets/form.ts';
import { element, View } from '../widgets/view.ts';
import { texts as frameTexts } from '../frame/texts.ts';
import { replacePassword, session } from './session.ts';
import { preferences } from './sign-in.ts';
import { texts } from './texts.ts';

/** After a one-time password: one's own. */
export class NewPasswordPage extends View {
  readonly #form = new Form(this, { old: '', password: '', again: '' });

  override render(): TemplateResult {
    const t = texts();
    const form = this.#form;
    const { value } = session;
    const known = value.state === 'one-time' ? value : { name: '', old: '' };
    document.title = `${t.newTitle} · ${frameTexts().product}`;
    return html`
      <main class="entrance" id="main">
        <div class="entrance-card">
          <img class="logo" src="logo.svg" alt="" width="44" height="44" />
          <h1>${t.newTitle}</h1>
          <p class="muted">${t.newText}</p>
          <form class="form" @submit=${form.onSubmit(values => this.#send(values, known.old))}>
            <input type="hidden" autocomplete="username" .value=${known.name} />
            ${known.old === ''
              ? form.field({ name: 'old', label: t.old, kind: 'password', autocomplete: 'current-password', focus: true })
              : nothing}
            ${form.field({ name: 'password', label: t.newPassword, kind: 'password', hint: t.newHint, autocomplete: 'new-password', focus: true })}
            ${form.field({ name: 'again', label: t.again, kind: 'password', autocomplete: 'new-password' })}
            ${form.message()}
            <button class="button primary" ?disabled=${form.isBusy}>${t.setPassword}</button>
          </form>
        </div>
        ${preferences()}
      </main>
    `;
  }

  async #send(values: { old: string; password: string; again: string }, old: string): Promise<void> {
    if (values.password !== values.again) {
      const faults = [{ pointer: '/again', detail: texts().differs }];
      throw new Refused({ title: '', status: 422, detail: texts().differs, request: '', faults });
    }
    await replacePassword(old || values.old, values.password);
  }
}

element('new-password-page', NewPasswordPage);
