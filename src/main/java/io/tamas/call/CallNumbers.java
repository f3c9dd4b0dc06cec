package io.tamas.call;

import io.tamas.number.CallerId;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenNumbers.Read;
import io.tamas.web.Problem;

/// Numbers by which calls are asked for. Pure.
final class CallNumbers {
  private static final String ANONYMOUS = new CallerId.Anonymous().text();

  private CallNumbers() {}

  /// The parameter `number` as calls have it: short numbers as they are dialled.
  ///
  /// @param by the plans of the company
  /// @throws Problem 400 for what is no number
  static String read(WrittenNumbers by, String text) {
    if (text.strip().equalsIgnoreCase(ANONYMOUS)) {
      return ANONYMOUS;
    }
    return switch (by.readParameter(text)) {
      case Read.Number(PhoneNumber number) -> number.e164();
      case Read.Short(String digits) -> digits;
      case Read.Wrong(String rule) ->
          throw Problem.bad("Bad parameters", "query:number", rule + ", or " + ANONYMOUS);
    };
  }
}
