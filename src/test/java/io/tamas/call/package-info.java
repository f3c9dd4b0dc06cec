@NullMarked
package io.tamas.call;

import org.jspecify.annotations.NullMarked;
