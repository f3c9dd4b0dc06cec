import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldedDigits, shownDigits } from '../../main/console/text/digits.ts';
import { folded } from '../../main/console/text/fold.ts';
import { daysOfMonth, isLeap, toGregorian, toJalali } from '../../main/console/text/jalali.ts';
import { preferred } from '../../main/console/text/language.ts';
import { Locale, secondsOf } from '../../main/console/text/locale.ts';
import { dialled, looksDialable, spaced } from '../../main/console/text/number.ts';

const DAY = 86_400_000;

test('the calendar of Iran is that of Intl for two hundred years', () => {
  const persian = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  });
  for (let at = Date.UTC(1921, 2, 21); at < Date.UTC(2121, 2, 20); at += DAY) {
    const date = new Date(at);
    const gregorian = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    const parts = Object.fromEntries(persian.formatToParts(date).map(part => [part.type, Number.parseInt(part.value, 10)]));
    const jalali = toJalali(gregorian);
    assert.deepEqual(jalali, { year: parts['year'], month: parts['month'], day: parts['day'] }, date.toISOString());
    assert.deepEqual(toGregorian(jalali), gregorian);
  }
});

test('30 Esfand is in leap years only', () => {
  for (let year = 1300; year < 1500; year++) {
    const first = toGregorian({ year, month: 12, day: 1 });
    const next = toGregorian({ year: year + 1, month: 1, day: 1 });
    const days = (Date.UTC(next.year, next.month - 1, next.day) - Date.UTC(first.year, first.month - 1, first.day)) / DAY;
    assert.equal(daysOfMonth(year, 12), days, String(year));
  }
  assert.equal(daysOfMonth(1403, 12), 30);
  assert.equal(daysOfMonth(1404, 12), 29);
  assert.ok(isLeap(1399) && !isLeap(1400));
});

test('digits of all scripts are understood, and shown as somebody reads them', () => {
  assert.equal(foldedDigits('۰۹۱۲ ٣٤5'), '0912 345');
  assert.equal(shownDigits('+98 912', 'PERSIAN'), '+۹۸ ۹۱۲');
});

test('numbers are spaced as people write them, and taken as they paste them', () => {
  assert.equal(spaced('+989121234567'), '+98 912 123 4567');
  assert.equal(spaced('+982191001000'), '+98 21 9100 1000');
  assert.equal(spaced('+905321234567'), '+90 532 123 45 67');
  assert.equal(spaced('101'), '101');
  assert.equal(dialled('\u202a۰۹۱۲ ۱۲۳\u202c '), '0912 123');
  assert.ok(looksDialable('+98 (912) 123-45/67'));
  assert.ok(!looksDialable('reception'));
});

test('times are those of the zone, in calendar and digits of the reader', () => {
  const at = new Date('2026-11-28T10:33:00Z');
  const fa = new Locale({ language: 'fa', zone: 'Asia/Tehran' });
  assert.equal(fa.time(at), '۱۴:۰۳');
  assert.equal(fa.longDay(at), 'شنبه ۷ آذر');
  const mixed = new Locale({ language: 'en', calendar: 'JALALI', digits: 'PERSIAN', zone: 'Asia/Tehran' });
  assert.match(mixed.longDay(at), /۷/);
  assert.match(mixed.longDay(at), /Azar/);
  assert.equal(new Locale({ language: 'ru', zone: 'Europe/Moscow' }).time(at), '13:33');
  assert.ok(new Locale({ language: 'en', zone: 'Nowhere/Such' }).zone.length > 0);
});

test('durations are read and written', () => {
  assert.equal(secondsOf('PT1H2M3.5S'), 3723.5);
  assert.equal(secondsOf('P1DT1S'), 86_401);
  assert.equal(secondsOf('soon'), 0);
  const en = new Locale({ language: 'en' });
  assert.equal(en.duration(42), '0:42');
  assert.equal(en.duration(3723), '1:02:03');
  assert.equal(new Locale({ language: 'fa' }).duration(65), '۱:۰۵');
});

test('letters that look alike are found by each other', () => {
  assert.equal(folded('علي كاظمي'), folded('علی کاظمی'));
  assert.equal(folded('İSTANBUL'), folded('istanbul'));
  assert.equal(folded('ISPARTA'), folded('ısparta'));
});

test('the language is the first that somebody reads', () => {
  assert.equal(preferred(['de-DE', 'tr-TR', 'en']), 'tr');
  assert.equal(preferred(['de']), 'en');
});
