package io.tamas.lab;

import io.tamas.config.Secret;
import java.time.Duration;
import java.util.List;

/// Where the extensions, trunks and routes of the lab are entered.
public interface Office extends AutoCloseable {

  /// Makes an extension and returns the password of its phone.
  Secret extension(String number, String name, boolean recorded);

  /// Makes a trunk: calls from this address are its calls.
  void trunk(String name, String address, String fallback);

  /// Leads calls to a number of a trunk somewhere, such as `extension:101`.
  void route(String trunk, String number, String destination, Duration ring, boolean recorded);

  /// Makes a group of extensions and returns its destination.
  String ringAll(List<String> extensions, Duration ring);

  /// Makes a group whose extensions ring one after the other, and returns its destination.
  String ringInOrder(List<String> extensions, Duration ring);

  /// Makes an announcement of a sound of Asterisk and returns its destination.
  String announcement(String sound);

  /// Neither accepts calls from now on nor refuses them, as a process that was stopped (SIGSTOP).
  void freezes();

  /// Is gone: connections are refused.
  void dies();

  /// Works again after it was frozen or dead.
  void recovers();

  @Override
  void close();
}
