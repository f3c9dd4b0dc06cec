@NullMarked
package io.tamas.call.voicemail;

import org.jspecify.annotations.NullMarked;
