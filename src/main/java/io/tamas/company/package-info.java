/// The company: extensions, trunks, ring groups, schedules, announcements and inbound routes, as
/// one immutable snapshot.
///
/// A change is validated as a whole before it is stored. May use `number`, `text` and `calendar`,
/// and `db`, `event` and `web` at its edge.
@NullMarked
package io.tamas.company;

import org.jspecify.annotations.NullMarked;
