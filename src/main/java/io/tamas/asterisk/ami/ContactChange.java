package io.tamas.asterisk.ami;

/// What became of an attempt to register, or of a contact.
public sealed interface ContactChange {

  /// The name of the endpoint.
  String endpoint();

  /// A device has registered, or is known again after a restart of Asterisk. A renewal is no
  /// change.
  ///
  /// @param uri text from the network
  record Registered(String endpoint, String uri) implements ContactChange {}

  /// It has unregistered, expired, was replaced or deleted.
  record Removed(String endpoint, String uri) implements ContactChange {}

  /// The password was right, but there are too many devices already (403).
  ///
  /// @param address its source
  record Refused(String endpoint, String address) implements ContactChange {}
}
