/// The phones and trunks of Asterisk: their provisioning, and the states of the phones.
///
/// What is provisioned lives in Asterisk's own database, so phones register and call while Tamas is
/// down. May use `number`; knows no company. While Asterisk is down the newest desired state is
/// kept.
@NullMarked
package io.tamas.asterisk.phones;

import org.jspecify.annotations.NullMarked;
