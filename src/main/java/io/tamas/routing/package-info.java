/// The decision about a call, and why. Pure: no clock, no I/O; time and company are arguments.
@NullMarked
package io.tamas.routing;

import org.jspecify.annotations.NullMarked;
