import { html, nothing, type TemplateResult } from 'lit';
import { address, api } from '../api/client.ts';
import { events } from '../api/events.ts';
import { isEvent, isSnapshot } from '../api/socket.ts';
import type { Call, Operations } from '../api/types.ts';
import { Keys } from '../frame/keys.ts';
import { place, refine } from '../frame/router.ts';
import { rowKeys } from '../frame/row-keys.ts';
import { dial } from '../phone/dial.ts';
import { session, user } from '../session/session.ts';
import { isIsoDay, noon } from '../text/day.ts';
import { secondsOf } from '../text/locale.ts';
import { locale } from '../text/texts.ts';
import { icon } from '../widgets/icon.ts';
import '../widgets/day-field.ts';
import '../widgets/menu.ts';
import { Pages } from '../widgets/pages.ts';
import { state, time } from '../widgets/pieces.ts';
import { empty, failure, skeleton } from '../widgets/states.ts';
import '../widgets/table.ts';
import type { Column, DataTable } from '../widgets/table.ts';
import { toast } from '../widgets/toast.ts';
import { element, View } from '../widgets/view.ts';
import { DIRECTIONS, FILTERS, OUTCOMES, queryOf } from './filters.ts';
import { direction, isMissed, otherNumber, otherParty, party } from './parties.ts';
import { texts } from './texts.ts';

const LENGTHS = [10, 25, 50, 100, 200];
const TYPING = 250;

/** The history: newest first, as far as somebody scrolls. */
export class EndedCalls extends View {
  static override properties = { fresh: { state: true } };

  /** Calls that ended since, which wait while somebody reads further down. */
  fresh: readonly Call[] = [];
  readonly #pages = new Pages<Call>((cursor, signal) => this.#read(cursor, signal));
  #asked = '';
  #end = (): void => {};
  #timer: number | undefined;

  constructor() {
    super();
    this.watch(place, session, this.#pages.changes as never);
    new Keys(this, () => {
      const t = texts();
      return {
        title: t.ended,
        keys: [
          { keys: '/', text: t.find, run: () => this.querySelector<HTMLInputElement>('#find')?.focus() },
          ...rowKeys(() => this.#table),
          { keys: 'c', text: t.callBack, run: () => this.#callBack(this.#table?.activeRow as Call | undefined) },
          { keys: 'r', text: t.refresh, run: () => void this.#refresh() },
        ],
      };
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#end = events.listen(message => {
      if (isEvent(message) && message.type === 'call.ended') {
        this.#ended(message.data as unknown as Call);
      } else if (isSnapshot(message) && this.#pages.isReady) {
        void this.#refresh();
      }
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
    this.#pages.stop();
  }

  get #table(): DataTable | null {
    return this.querySelector('data-table');
  }

  get #length(): number {
    return user().settings.listLength ?? 50;
  }

  override willUpdate(): void {
    const asked = JSON.stringify(queryOf(place.value.query, locale.value.zone)) + this.#length;
    if (asked !== this.#asked) {
      this.#asked = asked;
      void this.#refresh();
    }
  }

  async #read(cursor: string | undefined, signal: AbortSignal): Promise<Operations['GET /calls']['answer']> {
    const query = { ...queryOf(place.value.query, locale.value.zone), limit: this.#length, cursor };
    return (await api('GET /calls', { query, signal })).body;
  }

  async #refresh(): Promise<void> {
    this.fresh = [];
    await this.#pages.refresh();
  }

  /** Nothing moves under the eyes of who reads: what is new waits. */
  #ended(call: Call): void {
    if (this.#isFiltered) {
      // whether it belongs here the server knows
      this.#later(() => this.#isAtRest && void this.#refresh());
    } else if (this.#isAtRest) {
      this.#pages.change([call, ...this.#pages.rows.filter(one => one.id !== call.id)]);
    } else {
      this.fresh = [call, ...this.fresh];
    }
  }

  get #isAtRest(): boolean {
    const table = this.#table;
    return table === null || (!table.isScrolled && !table.contains(document.activeElement));
  }

  get #isFiltered(): boolean {
    return FILTERS.some(name => place.value.query.has(name));
  }

  #later(task: () => void): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(task, TYPING);
  }

  override render(): TemplateResult {
    const t = texts();
    return html`
      <header class="screen-head">
        <h1>${t.ended}</h1>
        <span class="grow"></span>
        ${this.#lengths()}
        <button class="button quiet square" aria-label=${t.exportCsv} title=${t.exportCsv} @click=${() => this.#export()}>
          ${icon('download')}
        </button>
        <button class="button quiet square" aria-label=${t.refresh} title="${t.refresh} (r)" @click=${() => void this.#refresh()}>
          ${icon('arrow-clockwise')}
        </button>
      </header>
      ${this.#filters()} ${this.#chips()}
      ${this.fresh.length === 0
        ? nothing
        : html`<button class="fresh" @click=${() => void this.#refresh()}>${t.newCalls(this.fresh.length)}</button>`}
      ${this.#list()}
    `;
  }

  #lengths(): TemplateResult {
    const t = texts();
    const items = LENGTHS.map(length => ({
      label: locale.value.number(length),
      checked: length === this.#length,
      run: () => void this.#setLength(length),
    }));
    return html`<menu-button .label=${t.listLength} .icon=${'list'} .items=${items}></menu-button>`;
  }

  async #setLength(listLength: number): Promise<void> {
    const me = user();
    const { body } = await api('PUT /me/settings', { body: { ...me.settings, listLength } });
    session.set({ state: 'in', user: body });
  }

  #filters(): TemplateResult {
    const t = texts();
    const { query } = place.value;
    const input = (event: Event): void => {
      const { name, value } = event.target as HTMLInputElement;
      this.#later(() => refine({ [name]: value }));
    };
    return html`
      <form class="filters" role="search" aria-label=${t.filters} @submit=${(event: Event) => event.preventDefault()}>
        <div class="input-box find">
          ${icon('search')}
          <input
            class="input"
            id="find"
            name="number"
            type="tel"
            aria-label=${t.find}
            placeholder=${t.find}
            .value=${query.get('number') ?? ''}
            @input=${input}
          />
        </div>
        ${this.#select('direction', t.direction, DIRECTIONS.map(one => [one, t.directions[one]] as const))}
        ${this.#select('status', t.status, OUTCOMES.map(one => [one, t.statuses[one]] as const))}
        ${(['from', 'to'] as const).map(
          end => html`<day-field .label=${t[end]} .value=${query.get(end) ?? ''} @choose=${(event: CustomEvent<string>) => refine({ [end]: event.detail })}></day-field>`,
        )}
        ${this.#switch('notCalledBack', t.notCalledBack)} ${this.#switch('hasRecording', t.onlyRecorded)}
      </form>
    `;
  }

  #select(name: string, label: string, of: readonly (readonly [string, string])[]): TemplateResult {
    const chosen = place.value.query.get(name) ?? '';
    return html`
      <select
        class="input ${chosen === '' ? '' : 'on'}"
        name=${name}
        aria-label=${label}
        @change=${(event: Event) => refine({ [name]: (event.target as HTMLSelectElement).value })}
      >
        <option value="" ?selected=${chosen === ''}>${label}: ${texts().any}</option>
        ${of.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
      </select>
    `;
  }

  #switch(name: string, label: string): TemplateResult {
    const isOn = place.value.query.get(name) === 'true';
    return html`
      <button
        type="button"
        class="button toggle"
        aria-pressed=${isOn}
        @click=${() => refine({ [name]: isOn ? undefined : 'true' })}
      >
        ${label}
      </button>
    `;
  }

  /** What is filtered, each to be removed. */
  #chips(): TemplateResult | typeof nothing {
    const t = texts();
    const { query } = place.value;
    const names = FILTERS.filter(name => query.has(name));
    if (names.length === 0) {
      return nothing;
    }
    return html`
      <div class="chips">
        ${names.map(name => this.#chip(name, query.get(name)!))}
        <button class="button quiet small" @click=${() => this.#clear()}>${t.clear}</button>
      </div>
    `;
  }

  #chip(name: (typeof FILTERS)[number], value: string): TemplateResult {
    const t = texts();
    const words: Record<(typeof FILTERS)[number], string> = {
      direction: t.directions[value as never] ?? value,
      status: t.statuses[value as never] ?? value,
      number: value,
      profile: value,
      notCalledBack: t.notCalledBack,
      hasRecording: t.onlyRecorded,
      from: `${t.from} ${this.#day(value)}`,
      to: `${t.to} ${this.#day(value)}`,
    };
    return html`
      <button class="chip" aria-label=${t.remove(words[name])} @click=${() => refine({ [name]: undefined })}>
        <bdi>${words[name]}</bdi>${icon('x')}
      </button>
    `;
  }

  #day(value: string): string {
    return isIsoDay(value) ? locale.value.plainDay(noon(value)) : value;
  }

  #clear(): void {
    refine(Object.fromEntries(FILTERS.map(name => [name, undefined])));
  }

  #list(): TemplateResult {
    const pages = this.#pages;
    const t = texts();
    if (pages.fault !== undefined && pages.rows.length === 0) {
      return failure(pages.fault, () => void this.#refresh());
    }
    if (!pages.isReady && pages.rows.length === 0) {
      return skeleton();
    }
    if (pages.rows.length === 0) {
      return this.#isFiltered
        ? empty({ icon: 'funnel', title: t.nothingFiltered, action: { label: t.clear, run: () => this.#clear() } })
        : empty({ icon: 'clock', title: t.nothing, text: t.nothingText });
    }
    return html`
      <data-table
        .label=${t.ended}
        .columns=${columns((call: Call) => this.#callBack(call))}
        .rows=${pages.rows}
        .key=${(call: Call) => call.id}
        .kind=${(call: Call) => (isMissed(call) ? 'missed' : '')}
        .hasMore=${pages.hasMore}
        .isReading=${pages.isReading}
        @more=${() => void pages.more()}
      ></data-table>
    `;
  }

  #callBack(call: Call | undefined): void {
    const to = call === undefined ? '' : otherNumber(call);
    if (to !== '' && to !== 'anonymous') {
      void dial(to);
    }
  }

  #export(): void {
    const { limit: _, ...query } = { limit: 0, ...queryOf(place.value.query, locale.value.zone) };
    if (query.from === undefined || query.to === undefined) {
      toast(texts().exportNeedsPeriod, { kind: 'fault' });
      return;
    }
    const url = address('/calls.csv');
    for (const [name, value] of Object.entries({ ...query, zone: locale.value.zone })) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    const link = document.createElement('a');
    link.href = url.href;
    link.download = 'calls.csv';
    link.click();
  }
}

function columns(callBack: (call: Call) => void): readonly Column<Call>[] {
  const t = texts();
  const seconds = (duration: string): string => {
    const value = secondsOf(duration);
    return value === 0 ? '' : locale.value.duration(value);
  };
  return [
    { id: 'direction', label: t.direction, unlabelled: true, width: '2rem', narrow: 'lead', cell: direction },
    { id: 'party', label: t.party, width: 'minmax(11rem, 3fr)', narrow: 'title', cell: otherParty },
    { id: 'called', label: t.called, width: 'minmax(7rem, 2fr)', from: 1100, cell: call => party(call.direction === 'OUTBOUND' ? call.caller : call.requested) },
    { id: 'status', label: t.status, width: 'minmax(7rem, 1.4fr)', narrow: 'meta', cell: status },
    { id: 'answeredBy', label: t.answeredBy, width: 'minmax(5rem, 1fr)', from: 900, cell: call => (call.answeredBy === undefined ? '' : party(call.answeredBy)) },
    { id: 'ring', label: t.ring, width: '4.5rem', end: true, from: 1200, cell: call => seconds(call.ring) },
    { id: 'talk', label: t.talk, width: '5rem', end: true, narrow: 'side', cell: call => seconds(call.talk) },
    { id: 'recording', label: t.recording, unlabelled: true, width: '2rem', from: 800, cell: recording },
    { id: 'at', label: t.at, width: '8.5rem', end: true, narrow: 'end', cell: call => time(call.startedAt) },
    {
      id: 'actions',
      label: t.actions,
      unlabelled: true,
      width: '2.5rem',
      cell: call => html`
        <button class="button quiet square small on-row" tabindex="-1" aria-label=${t.callBack} title="${t.callBack} (c)" @click=${() => callBack(call)}>
          ${icon('phone')}
        </button>
      `,
    },
  ];
}

const KINDS: Partial<Record<Call['status'], 'good' | 'bad' | 'warn'>> = {
  ANSWERED: 'good',
  MISSED: 'bad',
  ABANDONED: 'bad',
  VOICEMAIL: 'warn',
  BUSY: 'warn',
  REJECTED: 'warn',
  FAILED: 'bad',
};

function status(call: Call): TemplateResult {
  return state(KINDS[call.status] ?? 'off', texts().statuses[call.status]);
}

function recording(call: Call): unknown {
  const t = texts();
  return call.recording === undefined
    ? ''
    : html`<span class="muted" title=${t.recorded}>${icon('mic')}<span class="unseen">${t.recorded}</span></span>`;
}

element('ended-calls', EndedCalls);

export const prepare = (): Promise<void> => texts.load();
export const screen = (): TemplateResult => html`<ended-calls class="screen"></ended-calls>`;
