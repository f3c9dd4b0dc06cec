package io.tamas.mail;

/// Hands e-mails to a server.
public interface Mailer {
  /// Waits for the server, but no longer than it may take.
  Outcome send(Mail mail);

  /// What came of it.
  sealed interface Outcome {
    String label();
  }

  record Sent() implements Outcome {
    @Override
    public String label() {
      return "sent";
    }
  }

  /// The server is away, or asks for another try.
  record Later(String reason) implements Outcome {
    @Override
    public String label() {
      return "later";
    }
  }

  /// The server will never take it (RFC 5321, replies from 500 on).
  record Refused(String reason) implements Outcome {
    @Override
    public String label() {
      return "refused";
    }
  }
}
