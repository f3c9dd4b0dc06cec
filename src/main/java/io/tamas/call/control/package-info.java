/// Acting on calls: hang up, transfer, park, hold, record, and click to call.
///
/// Acts in the place of a phone, so nothing is possible here that the phone itself may not do. Each
/// action has a deadline and says what came of it.
@NullMarked
package io.tamas.call.control;

import org.jspecify.annotations.NullMarked;
