@NullMarked
package io.tamas.call.fold;

import org.jspecify.annotations.NullMarked;
