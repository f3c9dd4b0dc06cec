@NullMarked
package io.tamas.call.history;

import org.jspecify.annotations.NullMarked;
