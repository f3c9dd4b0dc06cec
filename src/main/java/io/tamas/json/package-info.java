/// The one Jackson mapper, so that every package writes and reads JSON alike.
@NullMarked
package io.tamas.json;

import org.jspecify.annotations.NullMarked;
