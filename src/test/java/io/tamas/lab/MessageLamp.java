package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;

import java.time.Duration;
import java.util.List;

/// The message lamp of a device, as it was told last (RFC 3842).
///
/// @param subscribed as it is told in its subscription, else outside of any
public record MessageLamp(RawPhone device, boolean subscribed) {
  private static final Duration SOON = Duration.ofSeconds(15);

  /// It is lit; the mailbox holds these.
  public MessageLamp isLit(int fresh, int heard) {
    return shows("yes", fresh, heard);
  }

  public MessageLamp isDark(int heard) {
    return shows("no", 0, heard);
  }

  /// The key beside it dials this.
  public MessageLamp dials(String account) {
    return isTold("Message-Account: sip:" + account + "@");
  }

  /// The texts of what it was told, the oldest first.
  public List<String> told() {
    return device.received("NOTIFY").stream()
        .filter(text -> text.contains("Event: message-summary"))
        .filter(text -> subscribed == text.contains("Subscription-State: active;expires="))
        .toList();
  }

  private MessageLamp shows(String waiting, int fresh, int heard) {
    isTold("Messages-Waiting: " + waiting);
    return isTold("Voice-Message: %d/%d (0/0)".formatted(fresh, heard));
  }

  private MessageLamp isTold(String line) {
    eventually(
        device.number() + " is told " + line + "; last: " + last(),
        SOON,
        () -> last().contains(line));
    return this;
  }

  private String last() {
    List<String> told = told();
    return told.isEmpty() ? "" : told.getLast();
  }
}
