import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../api/client.ts';
import { clock } from '../api/clock.ts';
import { events } from '../api/events.ts';
import type { Call } from '../api/types.ts';
import { Keys } from '../frame/keys.ts';
import { rowKeys } from '../frame/row-keys.ts';
import { liveCalls } from '../live/live.ts';
import { locale } from '../text/texts.ts';
import { icon } from '../widgets/icon.ts';
import { state, time } from '../widgets/pieces.ts';
import { empty, skeleton } from '../widgets/states.ts';
import '../widgets/table.ts';
import type { Column, DataTable } from '../widgets/table.ts';
import { toast, toastFault } from '../widgets/toast.ts';
import { element, Ticking, View } from '../widgets/view.ts';
import { caller, direction, party, ringsAt } from './parties.ts';
import { texts } from './texts.ts';

/** A connection that is made anew at once is not told. */
const MOMENT = 2000;

/** Who talks now: all that whoever sits here may see, oldest first. */
export class CallsInProgress extends View {
  constructor() {
    super();
    this.watch(liveCalls as never, events.connection as never);
    new Ticking(this);
    new Keys(this, () => {
      const t = texts();
      return {
        title: t.live,
        keys: [
          ...rowKeys(() => this.#table),
          { keys: 'Delete', text: t.hangUp, run: () => void hangUp(this.#table?.activeRow as Call | undefined) },
        ],
      };
    });
  }

  get #table(): DataTable | null {
    return this.querySelector('data-table');
  }

  override render(): TemplateResult {
    const t = texts();
    const calls = [...liveCalls.value.values()].sort((a, b) => a.startedAt.localeCompare(b.startedAt));
    const { live, since } = events.connection.value;
    const isStale = !live && clock.now().getTime() - since.getTime() > MOMENT;
    return html`
      <header class="screen-head">
        <h1>${t.live}</h1>
        ${calls.length === 0 ? nothing : html`<span class="muted">${t.inProgress(calls.length)}</span>`}
      </header>
      ${isStale ? html`<p class="banner" role="status">${icon('wifi-off')}${t.stale(locale.value.time(since))}</p>` : nothing}
      ${this.#list(calls, live)}
    `;
  }

  #list(calls: readonly Call[], live: boolean): TemplateResult {
    const t = texts();
    if (calls.length > 0) {
      return html`
        <data-table .label=${t.live} .columns=${columns()} .rows=${calls} .key=${(call: Call) => call.id}></data-table>
      `;
    }
    return live ? empty({ icon: 'phone', title: t.nobody, text: t.nobodyText }) : skeleton(3);
  }
}

function columns(): readonly Column<Call>[] {
  const t = texts();
  return [
    { id: 'direction', label: t.direction, unlabelled: true, width: '2rem', narrow: 'lead', cell: direction },
    { id: 'caller', label: t.caller, width: 'minmax(11rem, 3fr)', narrow: 'title', cell: caller },
    { id: 'called', label: t.called, width: 'minmax(7rem, 2fr)', from: 1000, cell: call => party(call.requested) },
    { id: 'at', label: t.extension, width: 'minmax(6rem, 1.5fr)', narrow: 'side', cell: call => locale.value.list(ringsAt(call).map(one => locale.value.text(one))) },
    { id: 'state', label: t.state, width: 'minmax(7rem, 1.4fr)', narrow: 'meta', cell: progress },
    { id: 'recording', label: t.recording, unlabelled: true, width: '2rem', from: 800, cell: recording },
    { id: 'since', label: t.since, width: '6rem', end: true, from: 900, cell: call => time(call.startedAt) },
    { id: 'talk', label: t.talk, width: '5rem', end: true, narrow: 'end', cell: duration },
    {
      id: 'actions',
      label: t.actions,
      unlabelled: true,
      width: '2.5rem',
      cell: call => html`
        <button class="button quiet square small danger on-row" tabindex="-1" aria-label=${t.hangUp} title="${t.hangUp} (Del)" @click=${() => void hangUp(call)}>
          ${icon('phone-missed')}
        </button>
      `,
    },
  ];
}

function progress(call: Call): TemplateResult {
  const { progress: words } = texts();
  const now = call.progress?.state;
  switch (now) {
    case 'TALKING':
    case 'OTHERS_TALKING':
      return state('busy', words[now]);
    case 'ON_HOLD':
      return state('warn', words[now]);
    case 'PROMPT':
      return state('off', words[now]);
    default:
      return state('good', words.RINGING);
  }
}

/** How long they talk, or how long it has rung. */
function duration(call: Call): string {
  const from = call.answeredAt ?? call.startedAt;
  return locale.value.duration((clock.now().getTime() - Date.parse(from)) / 1000);
}

function recording(call: Call): unknown {
  const t = texts();
  if (call.recordingState !== 'RECORDING' && call.recordingState !== 'PAUSED') {
    return '';
  }
  const isOn = call.recordingState === 'RECORDING';
  const word = isOn ? t.recordingNow : t.paused;
  return html`<span class=${isOn ? 'recording' : 'muted'} title=${word}>${icon(isOn ? 'mic' : 'pause')}<span class="unseen">${word}</span></span>`;
}

async function hangUp(call: Call | undefined): Promise<void> {
  if (call === undefined) {
    return;
  }
  try {
    await api('POST /calls/{id}/hangup', { path: { id: call.id } });
    toast(texts().hungUp);
  } catch (fault) {
    toastFault(fault);
  }
}

element('calls-in-progress', CallsInProgress);

export const prepare = (): Promise<void> => texts.load();
export const screen = (): TemplateResult => html`<calls-in-progress class="screen"></calls-in-progress>`;
