package io.tamas.asterisk.phones;

/// Receives which parts of the company cannot be provisioned; all others are. Must not wait.
public interface Refusals {
  /// @param part such as `extension:101`, `trunk:provider` or `emergency-number:110`
  void refused(String part, String reason);

  /// It is provisioned, or no longer wanted.
  void settled(String part);

  /// For those who do not ask.
  Refusals IGNORED =
      new Refusals() {
        @Override
        public void refused(String part, String reason) {}

        @Override
        public void settled(String part) {}
      };
}
