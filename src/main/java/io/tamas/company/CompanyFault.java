package io.tamas.company;

/// A rule that a part of the company breaks.
///
/// @param key the part's name or number
/// @param pointer the field inside the part (RFC 6901), such as `/members/0`; empty: the part
///   itself
/// @param rule what is required, as the second half of a sentence: `must be …`
/// @param dangling whether the field refers to a part that does not exist
public record CompanyFault(
    PartKind kind, String key, String pointer, String rule, boolean dangling) {

  /// For people: `ring-group sales: /members/0 must be an extension of the company`.
  public String text() {
    return kind.singular() + " " + key + ": " + (pointer.isEmpty() ? "" : pointer + " ") + rule;
  }
}
