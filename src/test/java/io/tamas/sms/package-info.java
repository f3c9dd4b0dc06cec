/// Texts, and panels that take them.
@NullMarked
package io.tamas.sms;

import org.jspecify.annotations.NullMarked;
