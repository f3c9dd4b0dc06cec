package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {
  @ParameterizedTest(name = "{0} here, {1} in the other CRM: {2}")
  @CsvSource({
    "Ali, , Ali",
    "Ali, Karimi, Ali",
    "+989121234567, Karimi, Karimi",
    "+989121234567, , +989121234567",
    ", Karimi, Karimi",
    ", , ",
  })
  void theOtherCrmsNameCountsWhereOursIsNone(String ours, String other, String shown) {
    Caller caller =
        new Caller(
                Optional.ofNullable(ours).stream()
                    .map(name -> new Caller.Candidate(1, name))
                    .toList())
            .with(Optional.ofNullable(other));
    assertEquals(Optional.ofNullable(shown), caller.name());
    assertEquals(ours == null ? List.of() : List.of(1L), ids(caller));
  }

  private static List<Long> ids(Caller caller) {
    return caller.candidates().stream().map(Caller.Candidate::profile).toList();
  }
}
