import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { styled } from './styled.ts';
import { texts } from './texts.ts';
import { element, View } from './view.ts';

export interface Column<R> {
  readonly id: string;
  readonly label: string;
  readonly cell: (row: R) => unknown;
  /** A track of the grid, such as `minmax(8rem, 2fr)`. */
  readonly width: string;
  /** The label is for readers only, such as of icons. */
  readonly unlabelled?: boolean;
  /** Numbers that are compared stand at the end. */
  readonly end?: boolean;
  /** Where it stands where there is no room for columns; nowhere unless given. */
  readonly narrow?: 'lead' | 'title' | 'end' | 'meta' | 'side';
  /** Left out below that width of the window, in pixels. */
  readonly from?: number;
}

const NARROW = '(max-width: 699px)';
const AHEAD = 10;
const NEARLY = 20;

/**
 * A list of any length: rows of one height, of which those in sight are in the page. `<data-table .label .columns .rows
 * .key .hasMore @more @open>`. One row is active, which arrows move and Enter opens.
 */
export class DataTable extends View {
  static override properties = {
    label: {},
    columns: { attribute: false },
    rows: { attribute: false },
    key: { attribute: false },
    kind: { attribute: false },
    hasMore: { type: Boolean },
    isReading: { type: Boolean },
    first: { state: true },
    count: { state: true },
    active: { state: true },
    isNarrow: { state: true },
    width: { state: true },
  };

  label = '';
  columns: readonly Column<never>[] = [];
  rows: readonly unknown[] = [];
  key: (row: never) => string = () => '';
  /** A class of the row, such as of a missed call. */
  kind: (row: never) => string = () => '';
  hasMore = false;
  isReading = false;
  first = 0;
  count = 40;
  active = 0;
  isNarrow = false;
  width = 0;
  #observer: ResizeObserver | undefined;
  readonly #narrow = window.matchMedia(NARROW);
  readonly #fit = (): void => this.#measure();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#narrow.addEventListener('change', this.#fit);
    this.#observer = new ResizeObserver(this.#fit);
    this.#observer.observe(this);
    this.#measure();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#narrow.removeEventListener('change', this.#fit);
    this.#observer?.disconnect();
  }

  /** Pixels; the style says the same. */
  get #height(): number {
    return this.isNarrow ? 64 : 40;
  }

  /** Whether somebody has scrolled down, so that nothing may move. */
  get isScrolled(): boolean {
    return (this.querySelector('.table')?.scrollTop ?? 0) > this.#height;
  }

  #measure(): void {
    this.isNarrow = this.#narrow.matches;
    this.width = window.innerWidth;
    const height = this.querySelector('.table')?.clientHeight ?? window.innerHeight;
    this.count = Math.ceil(height / this.#height) + 2 * AHEAD;
    this.#scrolled();
  }

  #scrolled(): void {
    const top = this.querySelector('.table')?.scrollTop ?? 0;
    this.first = Math.max(0, Math.floor(top / this.#height) - AHEAD);
    this.#readAhead();
  }

  #readAhead(): void {
    if (this.hasMore && !this.isReading && this.first + this.count > this.rows.length - NEARLY) {
      this.dispatchEvent(new CustomEvent('more'));
    }
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('rows') && this.active >= this.rows.length) {
      this.active = Math.max(0, this.rows.length - 1);
    }
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('rows') || changed.has('hasMore') || changed.has('isReading')) {
      this.#readAhead();
    }
  }

  get #shown(): readonly Column<unknown>[] {
    const columns = this.columns as readonly Column<unknown>[];
    return this.isNarrow
      ? columns.filter(one => one.narrow !== undefined)
      : columns.filter(one => this.width >= (one.from ?? 0));
  }

  override render(): TemplateResult {
    const columns = this.#shown;
    const shown = this.rows.slice(this.first, this.first + this.count);
    const sizes = {
      '--columns': columns.map(one => one.width).join(' '),
      '--rows': this.rows.length,
    };
    return html`
      <div
        class="table ${this.isNarrow ? 'narrow' : ''}"
        role="grid"
        aria-label=${this.label}
        aria-rowcount=${this.hasMore ? -1 : this.rows.length + 1}
        aria-busy=${this.isReading}
        ${styled(sizes)}
        @scroll=${() => this.#scrolled()}
        @keydown=${(event: KeyboardEvent) => this.#key(event)}
      >
        <div class="row head" role="row" aria-rowindex="1">
          ${columns.map(
            one => html`
              <div class="cell ${one.end === true ? 'end' : ''}" role="columnheader">
                <span class=${one.unlabelled === true ? 'unseen' : ''}>${one.label}</span>
              </div>
            `,
          )}
        </div>
        <div class="rows" role="rowgroup">
          ${repeat(
            shown,
            row => this.key(row as never),
            (row, i) => this.#row(row, this.first + i, columns),
          )}
        </div>
        ${this.isReading && this.rows.length > 0
          ? html`<div class="table-more" role="row"><span role="gridcell">${texts().loading}</span></div>`
          : nothing}
      </div>
    `;
  }

  #row(row: unknown, i: number, columns: readonly Column<unknown>[]): TemplateResult {
    return html`
      <div
        class="row ${this.kind(row as never)}"
        role="row"
        aria-rowindex=${i + 2}
        tabindex=${i === this.active ? 0 : -1}
        data-row=${i}
        ${styled({ '--at': i })}
        @focus=${() => (this.active = i)}
        @click=${(event: MouseEvent) => this.#clicked(event, i)}
      >
        ${columns.map(
          one => html`
            <div
              class="cell ${one.end === true ? 'end' : ''} ${this.isNarrow ? `at-${one.narrow}` : ''}"
              role="gridcell"
            >
              ${one.cell(row)}
            </div>
          `,
        )}
      </div>
    `;
  }

  #clicked(event: MouseEvent, i: number): void {
    const isWords = (window.getSelection()?.toString() ?? '') !== '';
    if (!isWords && (event.target as Element).closest('button, a, menu-button') === null) {
      this.active = i;
      this.#open();
    }
  }

  #open(): void {
    const row = this.rows[this.active];
    if (row !== undefined) {
      this.dispatchEvent(new CustomEvent('open', { detail: row }));
    }
  }

  /** The row that keys are about. */
  get activeRow(): unknown {
    return this.rows[this.active];
  }

  /** Moves to another row, and focus with it. */
  move(step: number): void {
    this.#to(this.active + step);
  }

  #to(i: number): void {
    this.active = Math.max(0, Math.min(i, this.rows.length - 1));
    const table = this.querySelector('.table');
    if (table === null || this.rows.length === 0) {
      return;
    }
    const height = this.#height;
    const head = this.isNarrow ? 0 : height;
    const top = this.active * height;
    if (top < table.scrollTop) {
      table.scrollTop = top;
    } else if (top + height > table.scrollTop + table.clientHeight - head) {
      table.scrollTop = top + height - table.clientHeight + head;
    }
    this.#scrolled();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-row="${this.active}"]`)?.focus());
  }

  #key(event: KeyboardEvent): void {
    if (!(event.target as Element).matches('.row') || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const page = Math.max(1, this.count - 2 * AHEAD - 2);
    const moves: Record<string, number> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + page,
      PageUp: this.active - page,
      Home: 0,
      End: this.rows.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#to(to);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#open();
    }
  }
}

element('data-table', DataTable);
