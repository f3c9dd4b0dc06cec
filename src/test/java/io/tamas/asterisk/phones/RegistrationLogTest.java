package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.phones.TrunkReport.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationLogTest {
  private static final String ACCOUNT = "sip:office@sip.example";

  /// As `res_pjsip_outbound_registration.c` of Asterisk 22 writes them.
  private static final String LINES =
      """
      [2026-11-29T09:00:00] WARNING[7] res_pjsip_outbound_registration.c: Temporal response '503' received from 'sip:s' on registration attempt to 'sip:office@sip.example', retrying in '30'
      [2026-11-29T09:00:01] WARNING[7] res_pjsip_outbound_registration.c: No response received from 'sip:s' on registration attempt to 'sip:silent@sip.example', retrying in '30'
      [2026-11-29T09:00:02] WARNING[7] res_pjsip_outbound_registration.c: 403 Forbidden fatal response received from 'sip:s' on registration attempt to 'sip:forbidden@sip.example', retrying in '300' seconds
      [2026-11-29T09:00:03] WARNING[7] res_pjsip_outbound_registration.c: '404' fatal response received from 'sip:s' on registration attempt to 'sip:office@sip.example', retrying in '300' seconds
      [2026-11-29T09:00:04] WARNING[7] other.c: registration attempt to 'sip:other@sip.example'
      """;

  @ParameterizedTest
  @CsvSource({
    "sip:office@sip.example, SIP 404",
    "sip:silent@sip.example, no answer to REGISTER",
    "sip:forbidden@sip.example, SIP 403",
    "sip:other@sip.example, -",
    "sip:nobody@sip.example, -"
  })
  void reasonIsThatOfTheLastAttempt(String account, String reason) {
    assertEquals(reason, RegistrationLog.reason(account, LINES).orElse("-"));
  }

  @Test
  void nothingIsReadOfAnEmptyLog() {
    assertEquals(Optional.empty(), RegistrationLog.reason(ACCOUNT, ""));
  }

  @Test
  void reasonIsRememberedHoweverMuchIsLoggedAfterIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("warnings.log");
    RegistrationLog log = new RegistrationLog(folder, _ -> new AmiAnswer.Done("", ""));
    Files.writeString(file, LINES);
    assertEquals(Optional.of("SIP 404"), log.reason(ACCOUNT));
    Files.writeString(file, "WARNING of something else\n".repeat(5_000));
    assertEquals(Optional.of("SIP 404"), log.reason(ACCOUNT));
    Files.delete(file);
    assertEquals(Optional.of("SIP 404"), log.reason(ACCOUNT));
  }

  @Test
  void reasonOfAFormerPasswordIsForgotten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("warnings.log");
    RegistrationLog log = new RegistrationLog(folder, _ -> new AmiAnswer.Done("", ""));
    Files.writeString(file, LINES);
    assertEquals(Optional.of("SIP 404"), log.reason(ACCOUNT));
    log.forget(ACCOUNT);
    assertEquals(Optional.empty(), log.reason(ACCOUNT));
    assertEquals(Optional.of("no answer to REGISTER"), log.reason("sip:silent@sip.example"));
    Files.writeString(file, LINES.lines().findFirst().orElseThrow(), StandardOpenOption.APPEND);
    assertEquals(Optional.of("SIP 503"), log.reason(ACCOUNT));
  }

  @ParameterizedTest
  @CsvSource({
    "Registered        (exp. 590s), REGISTERED",
    "Rejected          (exp. 12s), REJECTED",
    "Unregistered, TRYING",
    "Stopped, TRYING"
  })
  void registrationIsReadFromTheConsole(String status, Registration registration) {
    String output =
        """
         <Registration/ServerURI..............................>  <Auth....................>  <Status.......>
        ==========================================================================================

         trunk-office-b/sip:sip.example                          trunk-office-b              Rejected          (exp. 3s)
         trunk-office/sip:sip.example                            n/a                         %s
        """
            .formatted(status);
    assertEquals(registration, TrunkWatch.registration("trunk-office", output));
  }
}
