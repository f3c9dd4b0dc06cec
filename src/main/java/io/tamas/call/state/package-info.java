/// The current state of each extension, from its phone and do not disturb: as list, event and lamp.
///
/// Reading never waits. Without PostgreSQL changes are stored and published once it is back.
@NullMarked
package io.tamas.call.state;

import org.jspecify.annotations.NullMarked;
