package io.tamas.sms;

import io.tamas.work.Delivery;

/// Sends text messages to a gateway.
public interface SmsGateway {
  /// Waits for the response, but no longer than its timeout.
  Delivery send(Sms sms);
}
