import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginningOf, dayIn, dayOf, fieldsOf, parsedDay, plusDays, plusMonths } from '../../main/console/text/day.ts';
import { Locale } from '../../main/console/text/locale.ts';

const fa = new Locale({ language: 'fa', zone: 'Asia/Tehran' });
const tr = new Locale({ language: 'tr', zone: 'Europe/Istanbul' });
const TODAY = '2026-11-28';
const jalali = (text: string): string | undefined => parsedDay(text, 'JALALI', TODAY, fa.monthNames());
const turkish = (text: string): string | undefined => parsedDay(text, 'GREGORIAN', TODAY, tr.monthNames());

test('days are understood as people type them', () => {
  for (const text of ['1405/9/7', '۱۴۰۵/۹/۷', '۷ آذر', '7 آذر ۱۴۰۵', '9/7', '2026-11-28']) {
    assert.equal(jalali(text), TODAY, text);
  }
  for (const text of ['28.11.2026', '28 Kasım', '28 kas 2026', '28/11', '2026-11-28', '1405/9/7']) {
    assert.equal(turkish(text), TODAY, text);
  }
  assert.equal(jalali('soon'), undefined);
  assert.equal(jalali('1405/13/1'), undefined);
});

test('30 Esfand can be typed in leap years only', () => {
  assert.equal(jalali('1403/12/30'), '2025-03-20');
  assert.equal(jalali('1404/12/30'), undefined);
});

test('months and days go on across the new year', () => {
  assert.equal(plusDays('2026-03-20', 1), '2026-03-21');
  assert.deepEqual(fieldsOf('2026-03-21', 'JALALI'), { year: 1405, month: 1, day: 1 });
  assert.equal(plusMonths(dayOf({ year: 1404, month: 12, day: 29 }, 'JALALI')!, 1, 'JALALI'), dayOf({ year: 1405, month: 1, day: 29 }, 'JALALI'));
  assert.equal(plusMonths(dayOf({ year: 1405, month: 6, day: 31 }, 'JALALI')!, 1, 'JALALI'), dayOf({ year: 1405, month: 7, day: 30 }, 'JALALI'));
  assert.equal(plusMonths('2026-01-31', 1, 'GREGORIAN'), '2026-02-28');
  assert.equal(plusMonths('2026-01-15', -1, 'GREGORIAN'), '2025-12-15');
});

test('a day begins when it does in its zone', () => {
  assert.equal(beginningOf('2026-11-28', 'Asia/Tehran').toISOString(), '2026-11-27T20:30:00.000Z');
  assert.equal(beginningOf('2026-03-29', 'Europe/Berlin').toISOString(), '2026-03-28T23:00:00.000Z');
  assert.equal(beginningOf('2026-03-30', 'Europe/Berlin').toISOString(), '2026-03-29T22:00:00.000Z');
  assert.equal(beginningOf('2026-10-04', 'Australia/Sydney').toISOString(), '2026-10-03T14:00:00.000Z');
  assert.equal(dayIn(new Date('2026-11-27T20:31:00Z'), 'Asia/Tehran'), '2026-11-28');
});

test('the week and the months are those of the reader', () => {
  assert.equal(fa.weekdays()[0]!.long, 'شنبه');
  assert.equal(tr.weekdays()[0]!.long, 'Pazartesi');
  assert.equal(fa.monthNames()[8], 'آذر');
  assert.equal(new Set(fa.monthNames()).size, 12);
  assert.equal(new Set(tr.monthNames()).size, 12);
  assert.equal(fa.month(new Date('2026-11-28T12:00Z')), 'آذر ۱۴۰۵');
  assert.equal(tr.monthNames()[1], 'Şubat');
});
