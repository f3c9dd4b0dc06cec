/// Writes notes of Tamas into the journal of a call and waits until they are stored.
///
/// A note is written once, in the order of the calls to this room. Knows what a note says only by
/// `record`.
@NullMarked
package io.tamas.call.notes;

import org.jspecify.annotations.NullMarked;
