/// The values of a call: its record with legs, recording and messages, and the notes that Tamas
/// itself writes into the journal. The vocabulary of all rooms of `call`.
///
/// **Pure**: values only, each checked where it is created, and their forms as JSON and as notes of
/// the journal. Uses no other room of `call`, no store and no clock.
@NullMarked
package io.tamas.call.record;

import org.jspecify.annotations.NullMarked;
