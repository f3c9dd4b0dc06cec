/// Tests of the web console.
@NullMarked
package io.tamas.console;

import org.jspecify.annotations.NullMarked;
