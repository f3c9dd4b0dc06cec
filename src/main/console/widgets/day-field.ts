import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { clock } from '../api/clock.ts';
import {
  dayIn,
  dayOf,
  fieldsOf,
  isIsoDay,
  lengthOf,
  noon,
  parsedDay,
  plusDays,
  plusMonths,
  weekdayOf,
  type IsoDay,
} from '../text/day.ts';
import { locale } from '../text/texts.ts';
import { icon } from './icon.ts';
import { place } from './place.ts';
import { texts } from './texts.ts';
import { element, View } from './view.ts';

/**
 * A day, typed in any usual form or chosen in the calendar of whoever reads: `<day-field .label .value @choose>`; value and
 * `detail` are ISO days, whatever calendar is shown; empty: none.
 */
export class DayField extends View {
  static override properties = {
    label: {},
    value: {},
    at: { state: true },
    isOpen: { state: true },
    isWrong: { state: true },
  };

  label = '';
  value: IsoDay | '' = '';
  /** The day that keys are about while the calendar is open. */
  at: IsoDay = '2026-01-01';
  isOpen = false;
  isWrong = false;

  get #today(): IsoDay {
    return dayIn(clock.now(), locale.value.zone);
  }

  override render(): TemplateResult {
    const shown = this.value !== '' && isIsoDay(this.value) ? locale.value.plainDay(noon(this.value)) : '';
    return html`
      <span class="day-field input-box">
        <input
          class="input"
          aria-label=${this.label}
          placeholder=${this.label}
          autocomplete="off"
          aria-invalid=${this.isWrong}
          .value=${shown}
          @change=${(event: Event) => this.#typed(event.target as HTMLInputElement)}
          @keydown=${(event: KeyboardEvent) => this.#fieldKey(event)}
        />
        <button type="button" class="button quiet square small" aria-label="${texts().calendar}: ${this.label}" aria-expanded=${this.isOpen} @click=${() => this.#open()}>
          ${icon('calendar')}
        </button>
      </span>
      <div
        class="menu calendar"
        popover
        role="dialog"
        aria-label=${this.label}
        @toggle=${(event: ToggleEvent) => (this.isOpen = event.newState === 'open')}
        @keydown=${(event: KeyboardEvent) => this.#gridKey(event)}
      >
        ${this.isOpen ? this.#month() : nothing}
      </div>
    `;
  }

  #month(): TemplateResult {
    const { calendar } = locale.value;
    const t = texts();
    const { year, month } = fieldsOf(this.at, calendar);
    const first = dayOf({ year, month, day: 1 }, calendar)!;
    const weekdays = locale.value.weekdays();
    const blank = weekdays.findIndex(one => one.day === weekdayOf(first));
    const days = Array.from({ length: lengthOf(year, month, calendar) }, (_, i) => plusDays(first, i));
    const cells = [...Array.from({ length: blank }, () => undefined), ...days];
    const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, i) => cells.slice(i * 7, i * 7 + 7));
    return html`
      <div class="calendar-head">
        <button type="button" class="button quiet square small" aria-label=${t.previousMonth} @click=${() => (this.at = plusMonths(this.at, -1, calendar))}>
          ${icon('chevron-left')}
        </button>
        <span class="grow" aria-live="polite">${locale.value.month(noon(this.at))}</span>
        <button type="button" class="button quiet square small" aria-label=${t.nextMonth} @click=${() => (this.at = plusMonths(this.at, 1, calendar))}>
          ${icon('chevron-right')}
        </button>
      </div>
      <div class="calendar-days" role="grid" aria-label=${locale.value.month(noon(this.at))}>
        <div role="row">
          ${weekdays.map(one => html`<span role="columnheader" title=${one.long} aria-label=${one.long}>${one.short}</span>`)}
        </div>
        ${weeks.map(week => html`<div role="row">${week.map(day => this.#day(day))}</div>`)}
      </div>
    `;
  }

  #day(day: IsoDay | undefined): TemplateResult {
    if (day === undefined) {
      return html`<span role="gridcell"></span>`;
    }
    const { value } = locale;
    return html`
      <button
        type="button"
        role="gridcell"
        class=${day === this.#today ? 'today' : ''}
        tabindex=${day === this.at ? 0 : -1}
        aria-selected=${day === this.value}
        aria-label=${value.plainDay(noon(day))}
        @click=${() => this.#choose(day)}
      >
        ${value.number(fieldsOf(day, value.calendar).day)}
      </button>
    `;
  }

  get #popover(): HTMLElement {
    return this.querySelector<HTMLElement>('.calendar')!;
  }

  #open(): void {
    this.at = this.value !== '' && isIsoDay(this.value) ? this.value : this.#today;
    this.isOpen = true;
    this.#popover.showPopover();
  }

  override updated(changed: PropertyValues): void {
    if (!this.isOpen || !(changed.has('isOpen') || changed.has('at'))) {
      return;
    }
    place(this.#popover, this.querySelector('.day-field')!);
    if (changed.has('isOpen') || this.#popover.querySelector('[role=grid]')!.contains(document.activeElement)) {
      this.querySelector<HTMLElement>('.calendar-days [tabindex="0"]')?.focus();
    }
  }

  #choose(day: IsoDay): void {
    this.#say(day);
    this.#close();
  }

  #close(): void {
    this.#popover.hidePopover();
    this.querySelector('input')?.focus();
  }

  #say(day: IsoDay | ''): void {
    this.isWrong = false;
    this.value = day;
    this.dispatchEvent(new CustomEvent<string>('choose', { detail: day, bubbles: true }));
  }

  #typed(input: HTMLInputElement): void {
    const { calendar } = locale.value;
    const day = parsedDay(input.value, calendar, this.#today, locale.value.monthNames());
    if (day !== undefined || input.value.trim() === '') {
      this.#say(day ?? '');
      input.value = day === undefined ? '' : locale.value.plainDay(noon(day));
    } else {
      this.isWrong = true;
    }
  }

  #fieldKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.value === '') {
        this.#open();
      } else {
        this.#say(plusDays(this.value, event.key === 'ArrowUp' ? 1 : -1));
      }
    }
  }

  #gridKey(event: KeyboardEvent): void {
    const { calendar } = locale.value;
    const forward = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const moves: Record<string, () => IsoDay> = {
      [forward]: () => plusDays(this.at, 1),
      [backward]: () => plusDays(this.at, -1),
      ArrowDown: () => plusDays(this.at, 7),
      ArrowUp: () => plusDays(this.at, -7),
      PageDown: () => plusMonths(this.at, event.shiftKey ? 12 : 1, calendar),
      PageUp: () => plusMonths(this.at, event.shiftKey ? -12 : -1, calendar),
    };
    const move = moves[event.key];
    if (move !== undefined && (event.target as Element).matches('[role=gridcell]')) {
      event.preventDefault();
      this.at = move();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    }
  }
}

element('day-field', DayField);
