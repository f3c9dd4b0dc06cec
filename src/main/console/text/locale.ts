import { NUMBERING, shownDigits, type Digits } from './digits.ts';
import type { Language } from './language.ts';

export type Calendar = 'JALALI' | 'GREGORIAN';

/** How somebody reads numbers and times. What is not chosen is as in the language. */
export interface Choice {
  readonly language: Language;
  readonly calendar?: Calendar | undefined;
  readonly digits?: Digits | undefined;
  readonly zone?: string | undefined;
}

const REGION: Record<Language, string> = { en: 'en-GB', fa: 'fa-IR', tr: 'tr-TR', ru: 'ru-RU' };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Writes numbers, times and durations as one person reads them. Made anew when the choice changes. */
export class Locale {
  readonly language: Language;
  readonly calendar: Calendar;
  readonly digits: Digits;
  readonly zone: string;
  /** For `Intl`. */
  readonly tag: string;
  readonly #made = new Map<string, Intl.DateTimeFormat>();
  readonly #number: Intl.NumberFormat;
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #list: Intl.ListFormat;
  readonly #plural: Intl.PluralRules;
  readonly #collator: Intl.Collator;

  constructor(choice: Choice) {
    this.language = choice.language;
    this.calendar = choice.calendar ?? (choice.language === 'fa' ? 'JALALI' : 'GREGORIAN');
    this.digits = choice.digits ?? (choice.language === 'fa' ? 'PERSIAN' : 'LATIN');
    this.zone = validZone(choice.zone);
    const calendar = this.calendar === 'JALALI' ? 'persian' : 'gregory';
    this.tag = `${REGION[choice.language]}-u-ca-${calendar}-nu-${NUMBERING[this.digits]}`;
    this.#number = new Intl.NumberFormat(this.tag);
    this.#relative = new Intl.RelativeTimeFormat(this.tag, { numeric: 'auto' });
    this.#list = new Intl.ListFormat(this.tag);
    this.#plural = new Intl.PluralRules(this.tag);
    this.#collator = new Intl.Collator(this.tag, { numeric: true });
  }

  /** A count. */
  number(value: number): string {
    return this.#number.format(value);
  }

  /** Digits of a code, a number or a text, one by one, as they are shown. */
  text(value: string): string {
    return shownDigits(value, this.digits);
  }

  percent(value: number): string {
    return new Intl.NumberFormat(this.tag, { style: 'percent', maximumFractionDigits: 0 }).format(value);
  }

  list(items: readonly string[]): string {
    return this.#list.format(items);
  }

  plural(value: number): Intl.LDMLPluralRule {
    return this.#plural.select(value);
  }

  compare(one: string, other: string): number {
    return this.#collator.compare(one, other);
  }

  /** 14:03 */
  time(at: Date): string {
    return this.#format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  }

  /** The day, shortly; the year only of another one. */
  day(at: Date, now: Date): string {
    const year = { year: 'numeric' } as const;
    const sameYear = this.#format(at, year) === this.#format(now, year);
    return this.#format(at, { day: 'numeric', month: 'short', ...(sameYear ? {} : year) });
  }

  /** The day with its weekday. Never `dateStyle: "full"`, which is wrong in Persian. */
  longDay(at: Date): string {
    return this.#format(at, { weekday: 'long', day: 'numeric', month: 'long' });
  }

  /** The whole instant, as a title. */
  exact(at: Date): string {
    const day = this.#format(at, { day: 'numeric', month: 'long', year: 'numeric' });
    const time = this.#format(at, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
    return `${day}${this.language === 'fa' ? '،' : ','} ${time}`;
  }

  /** As in a list: the time of today, else the day with its time. */
  when(at: Date, now: Date): string {
    return this.isSameDay(at, now) ? this.time(at) : `${this.day(at, now)} ${this.time(at)}`;
  }

  isSameDay(one: Date, other: Date): boolean {
    const day = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
    return this.#format(one, day) === this.#format(other, day);
  }

  /** 3 minutes ago */
  ago(at: Date, now: Date): string {
    const passed = at.getTime() - now.getTime();
    const distance = Math.abs(passed);
    if (distance < HOUR) {
      return this.#relative.format(Math.round(passed / MINUTE), 'minute');
    }
    return distance < DAY
      ? this.#relative.format(Math.round(passed / HOUR), 'hour')
      : this.#relative.format(Math.round(passed / DAY), 'day');
  }

  /** 0:42, 12:05, 1:02:03 */
  duration(seconds: number): string {
    const whole = Math.max(0, Math.round(seconds));
    const two = (value: number): string => String(value).padStart(2, '0');
    const minutes = Math.trunc(whole / 60) % 60;
    const hours = Math.trunc(whole / 3600);
    const clock = hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
    return this.text(clock);
  }

  /** A day without a time, such as of a field: `at` is its noon in UTC. */
  plainDay(at: Date): string {
    return this.#format(at, { day: 'numeric', month: 'short', year: 'numeric' }, 'UTC');
  }

  /** آذر ۱۴۰۵ */
  month(at: Date): string {
    return `${this.#format(at, { month: 'long' }, 'UTC')} ${this.#year(at)}`;
  }

  /** Without the name of the era, which some calendars add. */
  #year(at: Date): string {
    const format = new Intl.DateTimeFormat(this.tag, { year: 'numeric', timeZone: 'UTC' });
    return format.formatToParts(at).find(part => part.type === 'year')?.value ?? '';
  }

  /** The months of the calendar, the first first. */
  monthNames(): readonly string[] {
    const jalali = this.calendar === 'JALALI';
    // a day in the middle of each
    const first = jalali ? Date.UTC(2026, 3, 5, 12) : Date.UTC(2026, 0, 15, 12);
    return Array.from({ length: 12 }, (_, i) => this.#format(new Date(first + i * 30.4 * DAY), { month: 'long' }, 'UTC'));
  }

  /** Short names of the days of the week, in the order in which it is shown. */
  weekdays(): readonly { readonly day: number; readonly short: string; readonly long: string }[] {
    const first = this.language === 'fa' ? 6 : 1;
    return Array.from({ length: 7 }, (_, i) => {
      const day = (first + i) % 7;
      // a Sunday, and the days after it
      const at = new Date(Date.UTC(2026, 10, 29 + day, 12));
      return { day, short: this.#format(at, { weekday: this.language === 'fa' ? 'narrow' : 'short' }, 'UTC'), long: this.#format(at, { weekday: 'long' }, 'UTC') };
    });
  }

  #format(at: Date, options: Intl.DateTimeFormatOptions, timeZone = this.zone): string {
    const key = JSON.stringify(options) + timeZone;
    let format = this.#made.get(key);
    if (format === undefined) {
      format = new Intl.DateTimeFormat(this.tag, { ...options, timeZone });
      this.#made.set(key, format);
    }
    return format.format(at);
  }
}

/** That of this machine in place of one that the browser does not know. */
function validZone(zone: string | undefined): string {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone === undefined) {
    return own;
  }
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return own;
  }
}

/** The seconds of an ISO 8601 duration such as `PT1M2.5S`. */
export function secondsOf(duration: string | undefined): number {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration ?? '');
  if (parts === null) {
    return 0;
  }
  const [days, hours, minutes, seconds] = parts.slice(1).map(part => Number(part ?? 0));
  return ((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!;
}
