import { Store } from '../text/store.ts';

export interface Page<R> {
  readonly items: readonly R[];
  readonly next?: string;
}

/** A list that is read page by page, by cursor, as far as somebody scrolls. No total is asked for. */
export class Pages<R> {
  readonly changes = new Store<number>(0);
  rows: readonly R[] = [];
  fault: unknown;
  isReading = false;
  /** Whether the first page of what is asked for now is there. */
  isReady = false;
  #next: string | undefined;
  #asked = new AbortController();
  readonly #read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<R>>;

  constructor(read: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<R>>) {
    this.#read = read;
  }

  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  /** Reads it anew from the top. What is shown stays until that is there. */
  async refresh(): Promise<void> {
    this.#asked.abort();
    this.#asked = new AbortController();
    this.isReady = false;
    await this.#page(undefined, []);
  }

  async more(): Promise<void> {
    if (!this.isReading && this.#next !== undefined) {
      await this.#page(this.#next, this.rows);
    }
  }

  /** Changes what is shown, such as by an event. */
  change(rows: readonly R[]): void {
    this.rows = rows;
    this.#tell();
  }

  stop(): void {
    this.#asked.abort();
  }

  async #page(cursor: string | undefined, before: readonly R[]): Promise<void> {
    const { signal } = this.#asked;
    this.isReading = true;
    this.fault = undefined;
    this.#tell();
    try {
      const page = await this.#read(cursor, signal);
      if (signal.aborted) {
        return;
      }
      this.rows = [...before, ...page.items];
      this.#next = page.next;
      this.isReady = true;
    } catch (fault) {
      if (signal.aborted) {
        return;
      }
      this.fault = fault;
    }
    this.isReading = false;
    this.#tell();
  }

  #tell(): void {
    this.changes.set(this.changes.value + 1);
  }
}
