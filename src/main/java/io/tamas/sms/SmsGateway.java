package io.tamas.sms;

import io.tamas.work.Delivery;

/// Hands text messages to who carries them.
public interface SmsGateway {
  /// Waits for the answer, but no longer than it may take.
  Delivery send(Sms sms);
}
