/// Controlling calls: hang up, transfer, park, hold, record, and click to call.
///
/// Acts on behalf of an extension, so nothing is possible here that its phone may not do. Each
/// action has a deadline and returns its outcome.
@NullMarked
package io.tamas.call.control;

import org.jspecify.annotations.NullMarked;
