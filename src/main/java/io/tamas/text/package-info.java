/// Text as people mean it, whatever script, keyboard or telephone wrote it. Pure: no I/O, no clock,
/// no state, nothing but the JDK.
@NullMarked
package io.tamas.text;

import org.jspecify.annotations.NullMarked;
