/// Tests of provisioning and phone states.
@NullMarked
package io.tamas.asterisk.phones;

import org.jspecify.annotations.NullMarked;
