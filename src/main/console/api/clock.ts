/** The time of the server, whatever the clock of this machine says. */
class Clock {
  #ahead = 0;

  /** @param date the header of an answer that has just come */
  heard(date: string | null): void {
    const told = date === null ? Number.NaN : Date.parse(date);
    const ahead = told - Date.now();
    if (!Number.isNaN(ahead)) {
      // the header knows whole seconds, and the answer took its time
      this.#ahead = Math.abs(ahead) < 2000 ? 0 : ahead;
    }
  }

  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }
}

export const clock = new Clock();
