import { foldedDigits } from './digits.ts';
import { folded } from './fold.ts';
import { daysOfMonth, toGregorian, toJalali, type Day } from './jalali.ts';
import type { Calendar } from './locale.ts';

/** A day without a time: `2026-11-28`, whatever calendar shows it. */
export type IsoDay = string;

const DAY = 86_400_000;
/** Years before it are meant in the calendar of Iran. */
const EARLIEST = 1700;

function iso({ year, month, day }: Day): IsoDay {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function gregorian(day: IsoDay): Day {
  const [year, month, date] = day.split('-').map(Number);
  return { year: year!, month: month!, day: date! };
}

export function isIsoDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return false;
  }
  const { year, month, day } = gregorian(text);
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}

/** Year, month and day as a calendar counts them. */
export function fieldsOf(day: IsoDay, calendar: Calendar): Day {
  return calendar === 'JALALI' ? toJalali(gregorian(day)) : gregorian(day);
}

/** The day of a calendar; nothing if it has none such. */
export function dayOf(fields: Day, calendar: Calendar): IsoDay | undefined {
  const { year, month, day } = fields;
  if (month < 1 || month > 12 || day < 1 || day > lengthOf(year, month, calendar)) {
    return undefined;
  }
  return iso(calendar === 'JALALI' ? toGregorian(fields) : fields);
}

export function lengthOf(year: number, month: number, calendar: Calendar): number {
  return calendar === 'JALALI' ? daysOfMonth(year, month) : new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function plusDays(day: IsoDay, days: number): IsoDay {
  const { year, month, day: date } = gregorian(day);
  return new Date(Date.UTC(year, month - 1, date) + days * DAY).toISOString().slice(0, 10);
}

/** The same day of another month, or its last one. */
export function plusMonths(day: IsoDay, months: number, calendar: Calendar): IsoDay {
  const { year, month, day: date } = fieldsOf(day, calendar);
  const count = year * 12 + month - 1 + months;
  const to = { year: Math.floor(count / 12), month: (count % 12) + 1 };
  return dayOf({ ...to, day: Math.min(date, lengthOf(to.year, to.month, calendar)) }, calendar)!;
}

/** 0 is Sunday. */
export function weekdayOf(day: IsoDay): number {
  const { year, month, day: date } = gregorian(day);
  return new Date(Date.UTC(year, month - 1, date)).getUTCDay();
}

/**
 * The day that somebody has typed: `1405/9/7`, `2026-11-28`, `7/9`, `28.11.2026`, `۷ آذر`, `7 Kasım 2026`; nothing if it is
 * none.
 *
 * @param months their names, the first first
 */
export function parsedDay(
  text: string,
  calendar: Calendar,
  today: IsoDay,
  months: readonly string[],
): IsoDay | undefined {
  const typed = foldedDigits(text).trim();
  const whole = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/.exec(typed);
  if (whole !== null) {
    const [year, month, day] = whole.slice(1).map(Number) as [number, number, number];
    return dayOf({ year, month, day }, calendarOf(year));
  }
  const backward = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(typed);
  if (backward !== null) {
    const [day, month, year] = backward.slice(1).map(Number) as [number, number, number];
    return dayOf({ year, month, day }, calendarOf(year));
  }
  const now = fieldsOf(today, calendar);
  const short = /^(\d{1,2})[-/.](\d{1,2})$/.exec(typed);
  if (short !== null) {
    const [first, second] = short.slice(1).map(Number) as [number, number];
    const [month, day] = calendar === 'JALALI' ? [first, second] : [second, first];
    return dayOf({ year: now.year, month, day }, calendar);
  }
  return named(typed, calendar, now, months);
}

function named(typed: string, calendar: Calendar, now: Day, months: readonly string[]): IsoDay | undefined {
  const words = folded(typed).split(/[\s,،]+/).filter(word => word !== '');
  const numbers = words.filter(word => /^\d+$/.test(word)).map(Number);
  const name = words.find(word => !/^\d+$/.test(word)) ?? '';
  const month = name.length < 2 ? 0 : 1 + months.findIndex(one => folded(one).startsWith(name));
  const day = numbers.find(one => one <= 31);
  if (month === 0 || day === undefined) {
    return undefined;
  }
  return dayOf({ year: numbers.find(one => one > 31) ?? now.year, month, day }, calendar);
}

function calendarOf(year: number): Calendar {
  return year < EARLIEST ? 'JALALI' : 'GREGORIAN';
}

/** Noon of the day in UTC, for formats that show no time. */
export function noon(day: IsoDay): Date {
  return new Date(`${day}T12:00:00Z`);
}

/** When a day begins in a zone, also where clocks are changed. */
export function beginningOf(day: IsoDay, zone: string): Date {
  const { year, month, day: date } = gregorian(day);
  const wanted = Date.UTC(year, month - 1, date);
  let at = wanted;
  // the offset at the result may be another than at the first guess
  for (let i = 0; i < 3; i++) {
    at = wanted - offset(new Date(at), zone);
  }
  return new Date(at);
}

/** Milliseconds that the clocks of a zone are ahead of UTC. */
function offset(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const value = (type: string): number => Number(parts.find(part => part.type === type)?.value);
  const shown = Date.UTC(value('year'), value('month') - 1, value('day'), value('hour'), value('minute'), value('second'));
  return shown - Math.floor(at.getTime() / 1000) * 1000;
}

/** The day of an instant in a zone. */
export function dayIn(at: Date, zone: string): IsoDay {
  return new Date(at.getTime() + offset(at, zone)).toISOString().slice(0, 10);
}
