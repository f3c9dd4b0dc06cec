/// Tests of speech and sound, with the real programs.
@NullMarked
package io.tamas.sound;

import org.jspecify.annotations.NullMarked;
