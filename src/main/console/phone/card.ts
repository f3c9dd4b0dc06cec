import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../api/client.ts';
import { clock } from '../api/clock.ts';
import type { Call, Profile } from '../api/types.ts';
import { hrefOf } from '../frame/router.ts';
import { keyOf } from '../frame/key-of.ts';
import { isTyping } from '../frame/keys.ts';
import { locale } from '../text/texts.ts';
import { icon } from '../widgets/icon.ts';
import { name, number, time } from '../widgets/pieces.ts';
import { toast, toastFault } from '../widgets/toast.ts';
import { element, Ticking, View } from '../widgets/view.ts';
import { isOutside, known, type Known } from './caller.ts';
import { addTo, newProfile } from './profiles.ts';
import { isMineAlone, openAt, type Card } from './ringing.ts';
import { texts } from './texts.ts';

const UNKNOWN: Known = { profiles: [], contacts: [] };

/** One call at one's own phone: who it is, and what can be done about it. */
export class CallCard extends View {
  static override properties = {
    card: { attribute: false },
    known: { state: true },
    isLooked: { state: true },
    note: { state: true },
    tied: { state: true },
  };

  card!: Card;
  known: Known = UNKNOWN;
  isLooked = false;
  note = '';
  /** Said here, before the event says it. */
  tied: { readonly id: number; readonly name: string } | undefined;
  #asked = new AbortController();
  #looked = '';

  constructor() {
    super();
    new Ticking(this);
    this.addEventListener('keydown', event => this.#key(event));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asked.abort();
  }

  get #call(): Call {
    return this.card.call;
  }

  /** Whether somebody is writing here. */
  get isHeld(): boolean {
    return this.note.trim() !== '' || this.contains(document.activeElement);
  }

  override willUpdate(changed: PropertyValues): void {
    const looked = `${this.#call.caller} ${this.#call.profile ?? ''}`;
    if (changed.has('card') && looked !== this.#looked) {
      this.#looked = looked;
      void this.#look();
    }
  }

  async #look(): Promise<void> {
    this.#asked.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    if (isOutside(this.#call)) {
      const found = await known(this.#call, signal);
      if (signal.aborted) {
        return;
      }
      this.known = found;
    }
    this.isLooked = true;
  }

  get #profile(): Profile | undefined {
    const id = this.tied?.id ?? this.#call.profile;
    return this.known.profiles.find(one => one.id === id);
  }

  get #profileId(): number | undefined {
    return this.tied?.id ?? this.#call.profile;
  }

  override render(): TemplateResult {
    const t = texts();
    const { at } = this.card;
    const words = { ringing: this.#call.direction === 'INTERNAL' ? t.internal : t.incoming, talking: t.talking, ended: t.ended };
    return html`
      <article class="call-card ${at}" tabindex="-1" aria-label="${words[at]}: ${this.#shownName()}">
        <header class="call-card-head">
          <span class="call-card-state">${icon(at === 'ringing' ? 'phone-in' : 'phone')}${words[at]}</span>
          <span class="muted">${this.#clock()}</span>
          <button class="button quiet square small" aria-label=${t.dismiss} title=${t.dismiss} @click=${() => this.#dismiss()}>
            ${icon('x')}
          </button>
        </header>
        ${this.#who()} ${this.#facts()} ${this.#candidates()} ${this.#actions()} ${this.#contacts()} ${this.#noteField()} ${this.#end()}
      </article>
    `;
  }

  #clock(): string {
    const { at, since, call } = this.card;
    const from = at === 'ringing' ? Date.parse(call.ringingAt ?? call.startedAt) : at === 'talking' ? Date.parse(call.answeredAt ?? call.startedAt) : since;
    return at === 'ended' ? '' : locale.value.duration((clock.now().getTime() - from) / 1000);
  }

  #shownName(): string {
    const { callerName, caller } = this.#call;
    return this.tied?.name ?? (callerName === '' ? caller : callerName);
  }

  #who(): TemplateResult {
    const t = texts();
    const { caller, callerName } = this.#call;
    const shown = this.tied?.name ?? (callerName === caller ? '' : callerName);
    const profile = this.#profile;
    const isHidden = caller === 'anonymous';
    return html`
      <div class="call-card-who">
        <p class="call-card-name">
          ${shown === '' ? html`<span class="muted">${isHidden ? t.hiddenNumber : this.isLooked ? t.unknownCaller : t.nameNotYet}</span>` : name(shown)}
        </p>
        ${isHidden ? nothing : html`<p class="call-card-number">${number(caller)}</p>`}
        ${profile === undefined
          ? nothing
          : html`<p class="muted">
              ${[profile.organisationName, profile.category].filter(one => one !== undefined).map(one => html`<bdi>${one}</bdi> `)}
              ${profile.owner === undefined ? nothing : html`<span>${t.owner} <bdi>${profile.owner}</bdi></span>`}
            </p>`}
      </div>
    `;
  }

  #facts(): TemplateResult {
    const t = texts();
    const { requested, trunk } = this.#call;
    const ringing = openAt(this.#call);
    const fact = (label: string, value: unknown): TemplateResult => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
    return html`
      <dl class="call-card-facts">
        ${requested === '' || ringing.includes(requested) ? nothing : fact(t.dialledNumber, number(requested))}
        ${trunk === undefined ? nothing : fact(t.trunk, html`<bdi>${trunk}</bdi>`)}
        ${ringing.length < 2 ? nothing : fact(t.ringsAt, ringing.map(one => locale.value.text(one)).join(' · '))}
      </dl>
    `;
  }

  /** Those who may be it, to be confirmed. */
  #candidates(): TemplateResult | typeof nothing {
    const t = texts();
    if (this.#profileId !== undefined || this.known.profiles.length === 0) {
      return nothing;
    }
    return html`
      <div class="call-card-candidates">
        <span class="muted">${t.maybe}</span>
        ${this.known.profiles.slice(0, 3).map(
          (one, i) => html`
            <button class="button" @click=${() => void this.#tie(one)}>
              <kbd>${i + 1}</kbd><span>${t.thisIs(one.name)}</span>
            </button>
          `,
        )}
      </div>
    `;
  }

  #actions(): TemplateResult | typeof nothing {
    const t = texts();
    const id = this.#profileId;
    if (id === undefined && !isOutside(this.#call)) {
      return nothing;
    }
    return html`
      <div class="call-card-actions">
        ${id === undefined
          ? html`
                <button class="button" title="a" @click=${() => void this.#addTo()}>${icon('person-add')}<span>${t.addTo}</span></button>
                <button class="button" title="p" @click=${() => void this.#make('person')}>${icon('person')}<span>${t.newPerson}</span></button>
                <button class="button" title="o" @click=${() => void this.#make('organisation')}>${icon('building')}<span>${t.newOrganisation}</span></button>
              `
          : html`
              <a class="button" href=${hrefOf(`/people/${id}`)}>${icon('person')}<span>${t.openProfile}</span></a>
              <button class="button quiet" @click=${() => void this.#untie()}>${t.untie}</button>
            `}
      </div>
    `;
  }

  #end(): TemplateResult | typeof nothing {
    const t = texts();
    if (!isMineAlone(this.card)) {
      return nothing;
    }
    return html`
      <div class="call-card-end">
        <button class="button danger" title="F9" @click=${() => void this.hangUp()}>
          ${icon('phone-missed')}<span>${this.card.at === 'ringing' ? t.reject : t.hangUp}</span><kbd>F9</kbd>
        </button>
      </div>
    `;
  }

  #contacts(): TemplateResult | typeof nothing {
    const t = texts();
    if (!isOutside(this.#call) || !this.isLooked) {
      return nothing;
    }
    const calls = this.known.contacts.map(one => one.call).filter(one => one !== undefined && one.id !== this.#call.id);
    return html`
      <div class="call-card-contacts">
        <h2>${t.lastContacts}</h2>
        ${calls.length === 0
          ? html`<p class="muted">${t.noContacts}</p>`
          : html`<ul>
              ${calls.map(
                call => html`<li>
                  ${icon(call!.direction === 'OUTBOUND' ? 'outbound' : 'inbound')}
                  <span class="grow">${call!.answeredBy === undefined ? '–' : number(call!.answeredBy)}</span>
                  <span class="muted">${time(call!.startedAt)}</span>
                </li>`,
              )}
            </ul>`}
      </div>
    `;
  }

  #noteField(): TemplateResult | typeof nothing {
    const t = texts();
    if (this.#profileId === undefined) {
      return nothing;
    }
    return html`
      <form class="call-card-note" @submit=${(event: Event) => void this.#saveNote(event)}>
        <textarea
          class="input"
          rows="2"
          dir="auto"
          aria-label=${t.note}
          placeholder=${t.notePlaceholder}
          .value=${this.note}
          @input=${(event: InputEvent) => (this.note = (event.target as HTMLTextAreaElement).value)}
        ></textarea>
        ${this.note.trim() === '' ? nothing : html`<button class="button small">${t.saveNote}</button>`}
      </form>
    `;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      void this.#saveNote(event);
      return;
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent('leave', { bubbles: true }));
      return;
    }
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || this.#profileId !== undefined) {
      return;
    }
    const acts: Record<string, () => void> = {
      a: () => void this.#addTo(),
      p: () => void this.#make('person'),
      o: () => void this.#make('organisation'),
    };
    const key = keyOf(event);
    const candidate = this.known.profiles[Number(key) - 1];
    const act = isOutside(this.#call) ? acts[key] : undefined;
    if (act !== undefined || candidate !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      act?.();
      if (act === undefined) {
        void this.#tie(candidate!);
      }
    }
  }

  async #tie(profile: Pick<Profile, 'id' | 'name'>): Promise<void> {
    const t = texts();
    const path = { id: this.#call.id };
    try {
      const { body } = await api('PUT /calls/{id}/profile', { path, body: { profile: profile.id } });
      this.#took(profile);
      toast(body.remembered ? t.tied(profile.name) : t.tiedNotRemembered(profile.name), { undo: () => this.#clear() });
    } catch (fault) {
      toastFault(fault);
    }
  }

  #took(profile: Pick<Profile, 'id' | 'name'>): void {
    this.tied = profile;
    void this.#look();
  }

  async #clear(): Promise<void> {
    await api('DELETE /calls/{id}/profile', { path: { id: this.#call.id } });
    this.tied = undefined;
  }

  async #untie(): Promise<void> {
    try {
      await this.#clear();
    } catch (fault) {
      toastFault(fault);
    }
  }

  async #addTo(): Promise<void> {
    const profile = await addTo(this.#call);
    if (profile !== undefined) {
      await this.#tie(profile);
    }
  }

  async #make(kind: 'person' | 'organisation'): Promise<void> {
    const made = await newProfile(this.#call, kind);
    if (made !== undefined) {
      this.#took(made);
      toast(texts().tied(made.name));
    }
  }

  async #saveNote(event: Event): Promise<void> {
    event.preventDefault();
    const text = this.note.trim();
    const id = this.#profileId;
    if (text === '' || id === undefined) {
      return;
    }
    try {
      const call = this.#call.id;
      await api('POST /profiles/{id}/notes', { path: { id }, body: { kind: 'CALL', text, call } });
      this.note = '';
      toast(texts().noteSaved);
    } catch (fault) {
      toastFault(fault);
    }
  }

  async hangUp(): Promise<void> {
    try {
      await api('POST /calls/{id}/hangup', { path: { id: this.#call.id } });
    } catch (fault) {
      toastFault(fault);
    }
  }

  #dismiss(): void {
    this.dispatchEvent(new CustomEvent('dismiss', { detail: this.#call.id, bubbles: true }));
  }
}

element('call-card', CallCard);
