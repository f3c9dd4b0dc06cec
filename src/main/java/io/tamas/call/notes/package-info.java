/// Writes notes of Tamas into the journal of a call and waits until they are stored.
///
/// A note is written once, in the order in which the methods of this room are called. The contents
/// of notes are defined in `record`.
@NullMarked
package io.tamas.call.notes;

import org.jspecify.annotations.NullMarked;
