package io.tamas.mail;

import io.tamas.work.Delivery;

/// Hands e-mails to a server.
public interface Mailer {
  /// Waits for the server, but no longer than it may take. Refused is what it will never take (RFC
  /// 5321, replies from 500 on).
  Delivery send(Mail mail);
}
