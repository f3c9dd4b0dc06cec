package io.tamas.number;

/// How numbers are dialled and shown where a trunk ends: the ISO 3166 country and the area code of
/// local numbers.
public record NumberingPlan(String country, String areaCode) {

  /// Reads a number as the trunk wrote it. Never fails: what cannot be read is anonymous or a name.
  public CallerId parse(String raw) {
    throw new UnsupportedOperationException(raw);
  }
}
