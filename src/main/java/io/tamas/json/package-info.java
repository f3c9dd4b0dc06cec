/// The one Jackson mapper, so that every package writes and reads JSON alike, and how instants are
/// written.
@NullMarked
package io.tamas.json;

import org.jspecify.annotations.NullMarked;
