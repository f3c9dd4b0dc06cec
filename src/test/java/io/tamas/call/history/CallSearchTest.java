package io.tamas.call.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.call.record.CallRecord.Status;
import io.tamas.routing.Routed.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallSearchTest {
  @ParameterizedTest
  @CsvSource({
    ", , false",
    "INBOUND, , false",
    "INBOUND, MISSED, false",
    ", ABANDONED, false",
    ", VOICEMAIL, false",
    "OUTBOUND, , true",
    "INTERNAL, MISSED, true",
    ", ANSWERED, true",
    "INBOUND, ANNOUNCEMENT, true"
  })
  void callThatNobodyMissedNeedsNoCallBack(
      @Nullable Direction direction, @Nullable Status status, boolean nothing) {
    assertEquals(nothing, search(direction, status, true).selectsNothing());
  }

  @Test
  void withoutThatFilterThereMayBeSome() {
    assertEquals(false, search(Direction.OUTBOUND, Status.ANSWERED, false).selectsNothing());
  }

  private static CallSearch search(
      @Nullable Direction direction, @Nullable Status status, boolean notCalledBack) {
    return new CallSearch(
        Optional.ofNullable(direction),
        Optional.ofNullable(status),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(Duration.ofHours(24)).filter(_ -> notCalledBack),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        50);
  }
}
