package io.tamas.crm;

/// The calendar by which a date was entered, and is shown.
public enum EntryCalendar {
  JALALI,
  GREGORIAN
}
