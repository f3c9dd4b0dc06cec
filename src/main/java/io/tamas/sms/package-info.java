/// Text messages to mobile phones.
@NullMarked
package io.tamas.sms;

import org.jspecify.annotations.NullMarked;
