/// What is known of a call: its record with legs, recording and messages, and the notes that Tamas
/// itself writes into the journal. The vocabulary of all rooms of the hall.
///
/// **Pure**: values only, each checked where it is made, and what they say as JSON and as notes of
/// the journal. Uses no other room of the hall, no store and no clock.
@NullMarked
package io.tamas.call.record;

import org.jspecify.annotations.NullMarked;
