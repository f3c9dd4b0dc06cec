@NullMarked
package io.tamas.call.record;

import org.jspecify.annotations.NullMarked;
