@NullMarked
package io.tamas.call.control;

import org.jspecify.annotations.NullMarked;
