@NullMarked
package io.tamas.asterisk.agi;

import org.jspecify.annotations.NullMarked;
