/// Telephone numbers, and the other texts that Asterisk holds of phones and trunks: parsed once at
/// the edge and trusted after. Pure: no I/O, no clock, no state.
@NullMarked
package io.tamas.number;

import org.jspecify.annotations.NullMarked;
