package io.tamas.mail;

import io.tamas.work.Delivery;

/// Sends e-mails to a server.
public interface Mailer {
  /// Waits for the server, but no longer than its timeout. Refused is what it will never accept
  /// (RFC 5321, replies from 500 on).
  Delivery send(Mail mail);
}
