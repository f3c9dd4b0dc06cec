package io.tamas.crm;

import java.util.Optional;

/// A value of a profile in one of the company's fields; several of the same field are its values in
/// their order.
///
/// @param field its id
/// @param value of a number, its digits; of a date, by ISO 8601; of a phone, E.164
/// @param calendar of a date
public record FieldValue(long field, String value, Optional<EntryCalendar> calendar) {}
