package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.config.Secret;
import io.tamas.number.ExtensionNumber;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PjsipObjectsTest {
  private static final Phone PHONE =
      new Phone(
          new ExtensionNumber("101"), "سارا احمدی", Optional.of("fa"), new Secret("correct-horse"));
  private static final List<PjsipObject> OBJECTS = PjsipObjects.of(PHONE, new Codecs(true));
  private static final List<PjsipObject> TRUNK =
      PjsipObjects.of(
          new TrunkEndpoint("demo", List.of("127.0.0.2", "10.0.0.0/8"), new ExtensionNumber("100")),
          new Codecs(false));

  @Test
  void endpointOfAPhoneComesLast() {
    assertEquals("[auth/101, aor/101, endpoint/101]", OBJECTS.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          auth     | username         | 101
          auth     | password         | correct-horse
          aor      | max_contacts     | 1
          aor      | remove_existing  | yes
          aor      | qualify_frequency| 60
          endpoint | context          | from-phone
          endpoint | auth             | 101
          endpoint | aors             | 101
          endpoint | identify_by      | username
          endpoint | allow            | !all,ulaw,alaw,opus
          endpoint | direct_media     | no
          endpoint | rtp_symmetric    | yes
          endpoint | force_rport      | yes
          endpoint | rewrite_contact  | yes
          endpoint | dtmf_mode        | rfc4733
          endpoint | device_state_busy_at | 0
          endpoint | trust_id_inbound | no
          endpoint | language         | fa
          endpoint | callerid         | "سارا احمدی" <101>
          """)
  void phoneHas(String type, String attribute, String value) {
    assertEquals(value, value(OBJECTS, type, attribute));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          endpoint | context     | from-trunk
          endpoint | callerid    | trunk
          endpoint | identify_by | ip
          endpoint | accountcode | 100
          endpoint | allow       | !all,ulaw,alaw
          endpoint | allow_transfer | no
          identify | endpoint    | trunk-demo
          identify | match       | 127.0.0.2
          """)
  void trunkHas(String type, String attribute, String value) {
    assertEquals(value, value(TRUNK, type, attribute));
  }

  @Test
  void trunkHasAnObjectForEachAddress() {
    assertEquals(
        "[endpoint/trunk-demo, identify/trunk-demo.0, identify/trunk-demo.1]", TRUNK.toString());
  }

  @Test
  void endpointIsRemovedLast() {
    assertEquals("[auth/101, aor/101, endpoint/101]", PjsipObjects.remainsOf("101").toString());
    List<PjsipObject> trunk = PjsipObjects.remainsOf("trunk-demo");
    assertEquals("identify/trunk-demo.31", trunk.get(31).toString());
    assertEquals("endpoint/trunk-demo", trunk.getLast().toString());
  }

  @Test
  void passwordIsNotInTheText() {
    assertFalse((OBJECTS.toString() + PHONE).contains("horse"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "with space in it", "пароль-пароль", "new\nline-in-it"})
  void passwordThatAPhoneCannotTypeIsRefused(String password) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Phone(new ExtensionNumber("101"), "x", Optional.empty(), new Secret(password)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host.example", "127.0.0.1,0.0.0.0/0", "0.0.0.0/0000", "!1.2.3.4"})
  void trunkAddressThatIsNoneIsRefused(String address) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrunkEndpoint("demo", List.of(address), new ExtensionNumber("100")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.2/255.255.255.255 | 127.0.0.2   | true
          10.0.0.0/255.0.0.0        | 10.0.0.0/8  | true
          10.0.0.0/255.0.0.0        | 10.0.0.0/16 | false
          127.0.0.3/255.255.255.255 | 127.0.0.2   | false
          2001:db8::/ffff:ffff::    | 2001:db8::/32 | true
          nonsense                  | 127.0.0.2   | false
          """)
  void matchOfAsteriskIsCompared(String found, String wanted, boolean same) {
    assertEquals(same, IdentifyMatch.isSame(found, wanted));
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_INUSE, IDLE",
    "INUSE, IN_USE",
    "RINGING, RINGING",
    "RINGINUSE, IN_USE",
    "BUSY, BUSY",
    "ONHOLD, ON_HOLD",
    "UNAVAILABLE, UNREACHABLE",
    "INVALID, UNREACHABLE",
    "UNKNOWN, UNKNOWN",
    "SOMETHING_NEW, UNKNOWN"
  })
  void deviceStateIsRead(String deviceState, PhoneState state) {
    assertEquals(state, PhoneState.of(deviceState));
  }

  private static String value(List<PjsipObject> objects, String type, String attribute) {
    return objects.stream()
        .filter(object -> object.type().equals(type))
        .flatMap(object -> object.fields().stream())
        .filter(field -> field.attribute().equals(attribute))
        .map(PjsipObject.Field::value)
        .findFirst()
        .orElseThrow();
  }
}
