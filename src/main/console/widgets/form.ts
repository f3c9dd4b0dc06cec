import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { Refused } from '../api/client.ts';
import { sentence } from './faults.ts';
import { icon } from './icon.ts';
import { texts } from './texts.ts';

export interface FieldOptions {
  /** Of the field in the body; what the server says of `/name` is shown at it. */
  readonly name: string;
  readonly label: string;
  readonly kind?: 'text' | 'password' | 'tel' | 'email' | 'url' | 'number' | 'code';
  readonly hint?: string | undefined;
  readonly optional?: boolean;
  readonly autocomplete?: AutoFill;
  readonly placeholder?: string;
  readonly focus?: boolean;
}

let last = 0;

/**
 * The state of a form: what was typed, what is wrong with it, and whether it is being sent. Nothing typed is lost by a
 * refusal, and focus goes to the first fault.
 */
export class Form<V extends Record<string, string>> implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #id = `form-${++last}`;
  readonly #rename: (pointer: string) => string;
  readonly #shown = new Set<string>();
  values: V;
  faults: Readonly<Record<string, string>> = {};
  fault: string | undefined;
  isBusy = false;

  /** @param rename the field of a JSON pointer; unless given, `/name` is that of `name` */
  constructor(
    host: ReactiveControllerHost & HTMLElement,
    values: V,
    rename: (pointer: string) => string = pointer => pointer.slice(1),
  ) {
    this.#host = host;
    this.values = values;
    this.#rename = rename;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Sends it, once; says whether that was accepted. */
  async submit(send: (values: V) => Promise<unknown>): Promise<boolean> {
    if (this.isBusy) {
      return false;
    }
    this.isBusy = true;
    this.faults = {};
    this.fault = undefined;
    this.#host.requestUpdate();
    try {
      await send(this.values);
      return true;
    } catch (fault) {
      this.refuse(fault);
      return false;
    } finally {
      this.isBusy = false;
      this.#host.requestUpdate();
    }
  }

  refuse(fault: unknown): void {
    const faults = fault instanceof Refused ? fault.problem.faults : [];
    const known = faults.filter(one => this.#rename(one.pointer) in this.values);
    this.faults = Object.fromEntries(known.map(one => [this.#rename(one.pointer), one.detail]));
    this.fault = known.length > 0 && known.length === faults.length ? undefined : sentence(fault);
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() =>
      this.#host.querySelector<HTMLElement>(`[id^="${this.#id}"][aria-invalid="true"]`)?.focus(),
    );
  }

  #idOf(name: string): string {
    return `${this.#id}-${name}`;
  }

  #changed(name: string, value: string): void {
    this.values = { ...this.values, [name]: value };
    const { [name]: _, ...others } = this.faults;
    this.faults = others;
    this.#host.requestUpdate();
  }

  /** What is wrong with the whole. */
  message(): TemplateResult | typeof nothing {
    return this.fault === undefined
      ? nothing
      : html`<p class="form-fault" role="alert">${icon('exclamation')}<span dir="auto">${this.fault}</span></p>`;
  }

  /** One field with its label, hint and fault. */
  field(options: FieldOptions): TemplateResult {
    const { name, label, kind = 'text' } = options;
    const id = this.#idOf(name);
    const fault = this.faults[name];
    return html`
      <div class="field">
        <label for=${id}>
          ${label}${options.optional === true ? html` <span class="muted">${texts().optional}</span>` : nothing}
        </label>
        <div class="input-box ${kind}">
          <input
            class="input"
            id=${id}
            name=${name}
            type=${this.#type(name, kind)}
            inputmode=${kind === 'code' ? 'numeric' : nothing}
            dir=${kind === 'text' ? 'auto' : 'ltr'}
            autocomplete=${options.autocomplete ?? 'off'}
            placeholder=${options.placeholder ?? ''}
            ?autofocus=${options.focus === true}
            ?required=${options.optional !== true}
            aria-invalid=${fault === undefined ? 'false' : 'true'}
            aria-describedby=${fault !== undefined || options.hint !== undefined ? `${id}-about` : nothing}
            .value=${this.values[name] ?? ''}
            @input=${(event: InputEvent) => this.#changed(name, (event.target as HTMLInputElement).value)}
          />
          ${kind === 'password' ? this.#eye(name) : nothing}
        </div>
        ${this.#about(`${id}-about`, fault, options.hint)}
      </div>
    `;
  }

  /** Several lines of text. */
  area(options: FieldOptions & { readonly rows?: number }): TemplateResult {
    const { name, label } = options;
    const id = this.#idOf(name);
    const fault = this.faults[name];
    return html`
      <div class="field">
        <label for=${id}>${label}</label>
        <textarea
          class="input"
          id=${id}
          name=${name}
          rows=${options.rows ?? 3}
          dir="auto"
          aria-invalid=${fault === undefined ? 'false' : 'true'}
          aria-describedby=${fault !== undefined || options.hint !== undefined ? `${id}-about` : nothing}
          .value=${this.values[name] ?? ''}
          @input=${(event: InputEvent) => this.#changed(name, (event.target as HTMLTextAreaElement).value)}
        ></textarea>
        ${this.#about(`${id}-about`, fault, options.hint)}
      </div>
    `;
  }

  /** One of several. */
  choice(options: FieldOptions & { readonly of: readonly (readonly [value: string, label: string])[] }): TemplateResult {
    const { name, label } = options;
    const id = this.#idOf(name);
    const fault = this.faults[name];
    return html`
      <div class="field">
        <label for=${id}>${label}</label>
        <select
          class="input"
          id=${id}
          name=${name}
          aria-invalid=${fault === undefined ? 'false' : 'true'}
          aria-describedby=${fault !== undefined || options.hint !== undefined ? `${id}-about` : nothing}
          @change=${(event: Event) => this.#changed(name, (event.target as HTMLSelectElement).value)}
        >
          ${options.of.map(([value, text]) => html`<option value=${value} ?selected=${value === this.values[name]}>${text}</option>`)}
        </select>
        ${this.#about(`${id}-about`, fault, options.hint)}
      </div>
    `;
  }

  #about(id: string, fault: string | undefined, hint: string | undefined): TemplateResult | typeof nothing {
    if (fault !== undefined) {
      return html`<p class="field-fault" id=${id}>${icon('exclamation')}<span dir="auto">${fault}</span></p>`;
    }
    return hint === undefined ? nothing : html`<p class="field-hint" id=${id}>${hint}</p>`;
  }

  #type(name: string, kind: NonNullable<FieldOptions['kind']>): string {
    if (kind === 'code' || (kind === 'password' && this.#shown.has(name))) {
      return 'text';
    }
    return kind === 'number' ? 'text' : kind;
  }

  #eye(name: string): TemplateResult {
    const t = texts();
    const isShown = this.#shown.has(name);
    const turn = (): void => {
      if (isShown) {
        this.#shown.delete(name);
      } else {
        this.#shown.add(name);
      }
      this.#host.requestUpdate();
    };
    return html`
      <button
        type="button"
        class="button quiet square small"
        aria-pressed=${isShown}
        aria-label=${t.showPassword}
        title=${isShown ? t.hidePassword : t.showPassword}
        @click=${turn}
      >
        ${icon(isShown ? 'eye-slash' : 'eye')}
      </button>
    `;
  }

  /** Sends by Enter in a field, and by Ctrl Enter anywhere in the form. */
  onSubmit(send: (values: V) => Promise<unknown>, then: () => void = () => {}): (event: Event) => void {
    return event => {
      event.preventDefault();
      void this.submit(send).then(accepted => accepted && then());
    };
  }
}
