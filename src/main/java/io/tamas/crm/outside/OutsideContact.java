package io.tamas.crm.outside;

import io.tamas.number.ExtensionNumber;
import java.util.Optional;

/// Whom the other CRM has for a number. What it says is text of a stranger: cut, and without
/// characters that nobody sees.
///
/// @param id of the contact there
/// @param link to its page there
/// @param responsible the extension of who is responsible there
public record OutsideContact(
    String id, String name, Optional<String> link, Optional<ExtensionNumber> responsible) {}
