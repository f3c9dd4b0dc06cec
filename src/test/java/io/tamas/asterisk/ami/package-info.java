/// Tests of the manager interface.
@NullMarked
package io.tamas.asterisk.ami;

import org.jspecify.annotations.NullMarked;
