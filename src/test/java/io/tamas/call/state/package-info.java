@NullMarked
package io.tamas.call.state;

import org.jspecify.annotations.NullMarked;
