/// Days by the Gregorian calendar and by the solar one of Iran, as people write them. Pure: no I/O,
/// no clock, no state; ICU alone knows which Jalali years are leap ones.
@NullMarked
package io.tamas.calendar;

import org.jspecify.annotations.NullMarked;
