@NullMarked
package io.tamas.call.recording;

import org.jspecify.annotations.NullMarked;
