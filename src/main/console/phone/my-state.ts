import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/client.ts';
import { events } from '../api/events.ts';
import { isEvent } from '../api/socket.ts';
import type { Extension, ExtensionState } from '../api/types.ts';
import { extensionStates } from '../live/live.ts';
import { session, user } from '../session/session.ts';
import { foldedDigits } from '../text/digits.ts';
import { spaced } from '../text/number.ts';
import { locale } from '../text/texts.ts';
import { openDialog } from '../widgets/dialog.ts';
import { Form } from '../widgets/form.ts';
import '../widgets/menu.ts';
import type { MenuItem } from '../widgets/menu.ts';
import { toast, toastFault } from '../widgets/toast.ts';
import { element, View } from '../widgets/view.ts';
import { texts } from './texts.ts';

type Kind = 'good' | 'busy' | 'warn' | 'bad' | 'off';

const KINDS: Record<ExtensionState['state'], Kind> = {
  idle: 'good',
  ringing: 'good',
  'in-use': 'busy',
  busy: 'busy',
  'on-hold': 'warn',
  unreachable: 'bad',
  unknown: 'off',
  'do-not-disturb': 'warn',
};

/** What one's own phone does, and whether and where it is rung. */
export class MyState extends View {
  static override properties = { extension: { state: true } };

  extension: Extension | undefined;
  #end = (): void => {};
  #read = '';

  constructor() {
    super();
    this.watch(session, extensionStates as never);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#end = events.listen(message => {
      // by a code at the phone, or by an administrator
      if (isEvent(message) && message.type === 'company.changed' && message.subject === `company:extension/${user().extension}`) {
        void this.#refresh();
      }
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  override willUpdate(): void {
    const number = user().extension ?? '';
    if (number !== this.#read) {
      this.#read = number;
      this.extension = undefined;
      void this.#refresh();
    }
  }

  async #refresh(): Promise<void> {
    const number = user().extension;
    if (number === undefined) {
      return;
    }
    try {
      this.extension = (await api('GET /extensions/{number}', { path: { number } })).body;
    } catch {
      // the state is shown without it
    }
  }

  override render(): TemplateResult | typeof nothing {
    const t = texts();
    const number = user().extension;
    if (number === undefined) {
      return nothing;
    }
    const now = extensionStates.value.get(number)?.state ?? 'unknown';
    const forward = this.extension?.forwards?.always;
    const isSilent = this.extension?.doNotDisturb === true;
    const word = isSilent ? t.doNotDisturb : forward === undefined ? t.states[now] : t.forwarded(shown(forward));
    const kind = isSilent || (forward !== undefined && now === 'idle') ? 'warn' : KINDS[now];
    return html`
      <menu-button class="my-state ${kind}" .label=${word} .about=${t.myState(word)} .dot=${kind} showLabel .items=${this.#items(isSilent, forward)}></menu-button>
    `;
  }

  #items(isSilent: boolean, forward: string | undefined): readonly MenuItem[] {
    const t = texts();
    return [
      { label: t.available, checked: !isSilent && forward === undefined, run: () => void this.#save(false, undefined) },
      { label: t.doNotDisturb, checked: isSilent, run: () => void this.#save(true, forward) },
      { label: forward === undefined ? `${t.forwardTo}…` : t.forwarded(shown(forward)), checked: !isSilent && forward !== undefined, run: () => void this.#forward() },
    ];
  }

  async #save(doNotDisturb: boolean, always: string | undefined): Promise<void> {
    const before = this.extension;
    try {
      await this.#put(doNotDisturb, always);
      toast(doNotDisturb ? texts().doNotDisturb : always === undefined ? texts().available : texts().forwarded(shown(always)), {
        undo: before === undefined ? undefined : () => this.#put(before.doNotDisturb === true, before.forwards?.always),
      });
    } catch (fault) {
      toastFault(fault);
    }
  }

  async #put(doNotDisturb: boolean, always: string | undefined): Promise<void> {
    const number = user().extension!;
    const { always: _, ...others } = this.extension?.forwards ?? {};
    const forwards = always === undefined ? others : { ...others, always };
    const { body } = await api('PUT /extensions/{number}/availability', { path: { number }, body: { doNotDisturb, forwards } });
    this.extension = body;
  }

  async #forward(): Promise<void> {
    await openDialog({ title: texts().forwardTo }, close => {
      const save = (always: string): Promise<void> => this.#put(false, always);
      return html`<forward-form .save=${save} @saved=${() => close()}></forward-form>`;
    });
  }
}

element('my-state', MyState);

/** Where all calls go. */
export class ForwardForm extends View {
  save: (to: string) => Promise<void> = async () => {};
  readonly #form = new Form(this, { to: '' }, () => 'to');

  override render(): TemplateResult {
    const t = texts();
    const form = this.#form;
    return html`
      <form class="form" @submit=${form.onSubmit(({ to }) => this.save(destination(to)), () => this.dispatchEvent(new CustomEvent('saved')))}>
        ${form.field({ name: 'to', label: t.forwardNumber, kind: 'tel', focus: true })} ${form.message()}
        <div class="dialog-foot"><button class="button primary" ?disabled=${form.isBusy}>${t.forward}</button></div>
      </form>
    `;
  }
}

element('forward-form', ForwardForm);

/** A few digits are an extension, all else is a number outside. */
export function destination(text: string): string {
  const to = foldedDigits(text).trim();
  return /^[0-9]{1,5}$/.test(to) ? `extension:${to}` : `external:${to}`;
}

/** `extension:102` as people read it. */
function shown(to: string): string {
  const value = to.slice(to.indexOf(':') + 1);
  return `\u2066${locale.value.text(spaced(value))}\u2069`;
}
