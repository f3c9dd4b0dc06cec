@NullMarked
package io.tamas.call.live;

import org.jspecify.annotations.NullMarked;
