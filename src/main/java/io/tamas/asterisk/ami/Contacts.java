package io.tamas.asterisk.ami;

import java.util.List;

/// Lists the contacts of an endpoint: no more than its address of record allows.
@FunctionalInterface
public interface Contacts {

  /// Waits for Asterisk's response; not for event loops.
  ///
  /// @return none if there is no such endpoint
  /// @throws AmiFault if there is no response
  List<Contact> of(String endpoint);
}
