package io.tamas.asterisk.ami;

/// What became of an attempt to register, or of a contact.
public sealed interface ContactChange {

  /// The name of the endpoint.
  String endpoint();

  /// A device has registered, or is known again after a restart of Asterisk. A renewal is no
  /// change, but Asterisk tells that of a device that is not asked (OPTIONS) in the same way.
  ///
  /// @param uri text from the network
  record Registered(String endpoint, String uri) implements ContactChange {}

  /// It has unregistered, expired, was replaced or deleted.
  record Removed(String endpoint, String uri) implements ContactChange {}

  /// It has registered although it has not answered when it was asked last (OPTIONS), or has just
  /// not answered. Asterisk tells both in the same way, and calls it once it answers.
  record Unanswered(String endpoint, String uri) implements ContactChange {}

  /// The password was right, but there are too many devices already (403).
  ///
  /// @param address its source
  record Refused(String endpoint, String address) implements ContactChange {}
}
