/** The calendar of Iran, by the years in which the cycle of leap years breaks. Proleptic, for 1206 to 1497 and beyond. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const BREAKS = [
  -61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178,
];

const DAY = 86_400_000;

/** How the year stands in its cycle: years since a leap year, and the day of March on which it begins. */
function cycle(year: number): { leap: number; gregorian: number; march: number } {
  const gregorian = year + 621;
  let leapDays = -14;
  let from = BREAKS[0]!;
  let jump = 0;
  for (let i = 1; i < BREAKS.length; i++) {
    const to = BREAKS[i]!;
    jump = to - from;
    if (year < to) {
      break;
    }
    leapDays += Math.trunc(jump / 33) * 8 + Math.trunc((jump % 33) / 4);
    from = to;
  }
  let n = year - from;
  leapDays += Math.trunc(n / 33) * 8 + Math.trunc(((n % 33) + 3) / 4);
  if (jump % 33 === 4 && jump - n === 4) {
    leapDays += 1;
  }
  const gregorianLeapDays = Math.trunc(gregorian / 4) - Math.trunc(((Math.trunc(gregorian / 100) + 1) * 3) / 4) - 150;
  const march = 20 + leapDays - gregorianLeapDays;
  if (jump - n < 6) {
    n = n - jump + Math.trunc((jump + 4) / 33) * 33;
  }
  let leap = (((n + 1) % 33) - 1) % 4;
  if (leap === -1) {
    leap = 4;
  }
  return { leap, gregorian, march };
}

export function isLeap(year: number): boolean {
  return cycle(year).leap === 0;
}

export function daysOfMonth(year: number, month: number): number {
  if (month <= 6) {
    return 31;
  }
  return month <= 11 || isLeap(year) ? 30 : 29;
}

/** Of a Gregorian day. */
export function toJalali(gregorian: Day): Day {
  const at = Date.UTC(gregorian.year, gregorian.month - 1, gregorian.day);
  let year = gregorian.year - 621;
  let first = newYear(year);
  if (at < first) {
    year -= 1;
    first = newYear(year);
  }
  const passed = Math.round((at - first) / DAY);
  return passed < 186
    ? { year, month: 1 + Math.trunc(passed / 31), day: 1 + (passed % 31) }
    : { year, month: 7 + Math.trunc((passed - 186) / 30), day: 1 + ((passed - 186) % 30) };
}

/** The Gregorian day of one of the calendar of Iran. */
export function toGregorian({ year, month, day }: Day): Day {
  const passed = month <= 6 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const at = new Date(newYear(year) + (passed + day - 1) * DAY);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

function newYear(year: number): number {
  const { gregorian, march } = cycle(year);
  return Date.UTC(gregorian, 2, march);
}
