@NullMarked
package io.tamas.call.decision;

import org.jspecify.annotations.NullMarked;
