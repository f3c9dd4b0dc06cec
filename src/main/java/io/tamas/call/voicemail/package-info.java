/// Mailboxes: the messages that callers leave, heard, deleted and announced by e-mail and SMS.
///
/// A message is in its mailbox once, and announced at least once in each way that is enabled. Its
/// audio is a recording like any other (`recording`).
@NullMarked
package io.tamas.call.voicemail;

import org.jspecify.annotations.NullMarked;
