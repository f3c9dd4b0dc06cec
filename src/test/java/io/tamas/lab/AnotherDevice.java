package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;

import java.time.Duration;

/// One more device of an extension that has a phone.
final class AnotherDevice {
  private static final Duration SOON = Duration.ofSeconds(15);

  private AnotherDevice() {}

  static Phone of(House house, Phone first) {
    long before = first.seen.devices();
    String folder = first.number() + "-" + house.nextOutside();
    Phone phone = new Phone(house, folder, first.number(), first.account, "127.0.0.1", 0);
    eventually(first.number() + " has one more device", SOON, () -> first.seen.devices() > before);
    return phone;
  }
}
