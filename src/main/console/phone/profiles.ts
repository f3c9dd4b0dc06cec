import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/client.ts';
import type { Call, Profile } from '../api/types.ts';
import { go } from '../frame/router.ts';
import { spaced } from '../text/number.ts';
import '../widgets/combobox.ts';
import type { Option } from '../widgets/combobox.ts';
import { openDialog } from '../widgets/dialog.ts';
import { Form } from '../widgets/form.ts';
import { number } from '../widgets/pieces.ts';
import { element, View } from '../widgets/view.ts';
import { texts } from './texts.ts';

const FEW = 8;

/** Profiles by a few letters or digits, as suggestions; the id of an option is that of the profile. */
export async function profilesLike(
  text: string,
  signal: AbortSignal,
  kind?: 'person' | 'organisation',
): Promise<readonly (Option & { readonly name: string })[]> {
  if (text.trim() === '') {
    return [];
  }
  const { body } = await api('GET /profiles', { query: { q: text.trim(), limit: FEW, kind }, signal });
  return body.items.map(profile => ({
    id: String(profile.id),
    name: profile.name,
    label: profile.name,
    icon: profile.kind === 'person' ? 'person' : 'building',
    detail: detail(profile),
  }));
}

function detail(profile: Profile): TemplateResult {
  const first = profile.numbers[0]?.number;
  return html`${profile.organisationName === undefined ? nothing : html`<bdi>${profile.organisationName}</bdi> `}${first === undefined ? nothing : number(first)}`;
}

/** Asks whose number it is; the profile that is chosen. */
export async function addTo(call: Call): Promise<{ id: number; name: string } | undefined> {
  const t = texts();
  const chosen = await openDialog<Option>({ title: t.addToTitle }, close => {
    const now = texts();
    return html`
      <p>${number(call.caller)}</p>
      <combo-box
        kind="list"
        .label=${now.findProfile}
        .placeholder=${now.findProfile}
        .source=${(text: string, signal: AbortSignal) => profilesLike(text, signal)}
        @choose=${(event: CustomEvent<Option>) => close(event.detail)}
      ></combo-box>
    `;
  });
  return chosen === undefined ? undefined : { id: Number(chosen.id), name: chosen.label };
}

/** The form of a new person or organisation who calls: the number is filled in, one request saves it. */
export class NewCaller extends View {
  static override properties = { call: { attribute: false }, kind: {}, same: { state: true } };

  call!: Call;
  kind: 'person' | 'organisation' = 'person';
  same: readonly Option[] = [];
  #organisation: Option | undefined;
  #asked = new AbortController();
  readonly #form = new Form(this, { name: '', category: '' });

  override render(): TemplateResult {
    const t = texts();
    const form = this.#form;
    const isPerson = this.kind === 'person';
    return html`
      <form class="form" @submit=${form.onSubmit(values => this.#save(values, false))} @keydown=${(event: KeyboardEvent) => this.#key(event)}>
        <div class="field" @input=${(event: InputEvent) => void this.#compare((event.target as HTMLInputElement).value)}>
          ${form.field({ name: 'name', label: isPerson ? t.fullName : t.organisationName, focus: true })}
          ${this.same.length === 0
            ? nothing
            : html`<p class="field-hint">${t.sameName}: ${this.same.map(one => html`<bdi>${one.label}</bdi> ${one.detail} `)}</p>`}
        </div>
        <div class="field">
          <label for="new-number">${t.number}</label>
          <input class="input" id="new-number" type="tel" readonly .value=${spaced(this.call.caller)} />
        </div>
        ${isPerson ? this.#organisationField() : nothing}
        ${form.field({ name: 'category', label: t.category, optional: true })} ${form.message()}
        <div class="dialog-foot">
          <button type="button" class="button" ?disabled=${form.isBusy} @click=${() => void form.submit(values => this.#save(values, true))}>
            ${t.saveAndOpen}
          </button>
          <button class="button primary" ?disabled=${form.isBusy}>${t.save}</button>
        </div>
      </form>
    `;
  }

  #organisationField(): TemplateResult {
    const t = texts();
    return html`
      <div class="field">
        <span class="label">${t.organisation}: <bdi>${this.#organisation?.label ?? t.noOrganisation}</bdi></span>
        <combo-box
          .label=${t.organisation}
          .placeholder=${t.findProfile}
          .source=${(text: string, signal: AbortSignal) => profilesLike(text, signal, 'organisation')}
          @choose=${(event: CustomEvent<Option>) => this.#chose(event.detail)}
        ></combo-box>
      </div>
    `;
  }

  #chose(organisation: Option): void {
    this.#organisation = organisation;
    this.requestUpdate();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.#form.submit(values => this.#save(values, false));
    }
  }

  /** Who has the name already is told before it is there twice. */
  async #compare(text: string): Promise<void> {
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    try {
      const found = text.trim().length < 3 ? [] : await profilesLike(text, signal, this.kind);
      if (!signal.aborted) {
        this.same = found.slice(0, 3);
      }
    } catch {
      // it is a hint only
    }
  }

  async #save(values: { name: string; category: string }, andOpen: boolean): Promise<void> {
    const organisation = this.#organisation;
    const { body } = await api('POST /calls/{id}/profile', {
      path: { id: this.call.id },
      body: {
        kind: this.kind,
        name: values.name.trim(),
        ...(values.category.trim() === '' ? {} : { category: values.category.trim() }),
        ...(organisation === undefined ? {} : { organisation: Number(organisation.id) }),
      },
    });
    this.dispatchEvent(new CustomEvent('saved', { detail: body }));
    if (andOpen) {
      go(`/people/${body.id}`);
    }
  }
}

element('new-caller', NewCaller);

/** The profile that was made for whoever calls. */
export function newProfile(call: Call, kind: 'person' | 'organisation'): Promise<Profile | undefined> {
  const t = texts();
  return openDialog<Profile>(
    { title: kind === 'person' ? t.newPersonTitle : t.newOrganisationTitle },
    close => html`
      <new-caller .call=${call} .kind=${kind} @saved=${(event: CustomEvent<Profile>) => close(event.detail)}></new-caller>
    `,
  );
}
