/// The phones and trunks of Asterisk: brought into it, and the states of the phones out of it.
///
/// What is provisioned lives in Asterisk's own database, so phones register and call while Tamas is
/// away. May use `number`; knows no company. While Asterisk is away the newest wish waits.
@NullMarked
package io.tamas.asterisk.phones;

import org.jspecify.annotations.NullMarked;
