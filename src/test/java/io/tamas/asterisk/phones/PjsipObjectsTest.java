package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.asterisk.phones.SipHabits.DtmfMode;
import io.tamas.asterisk.phones.TrunkEndpoint.Account;
import io.tamas.config.Codec;
import io.tamas.config.Secret;
import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PjsipObjectsTest {
  private static final Phone PHONE =
      new Phone(
          new ExtensionNumber("101"),
          "سارا احمدی",
          Optional.of("fa"),
          new TreeSet<>(List.of("sales", "back-office")),
          3,
          LampRights.ALL,
          Optional.of("*97"),
          Habits.USUAL,
          new Secret("correct-horse"));
  private static final Media G711 = new Media(List.of(Codec.ULAW, Codec.ALAW), Srtp.OPTIONAL, "");
  private static final List<PjsipObject> OBJECTS =
      PjsipObjects.of(
          PHONE,
          new Media(List.of(Codec.OPUS, Codec.ULAW, Codec.ALAW), Srtp.OPTIONAL, "127.0.0.1"));
  private static final List<PjsipObject> TRUNK =
      TrunkObjects.of(trunk("127.0.0.2", "10.0.0.0/8"), G711);
  private static final List<PjsipObject> ACCOUNT =
      TrunkObjects.of(
          new TrunkEndpoint(
              "demo",
              List.of("127.0.0.2"),
              new ExtensionNumber("100"),
              Optional.empty(),
              Optional.of(
                  new Account(
                      "sip.example:5070",
                      "982191001000",
                      "office@sip.example",
                      Optional.of(new Secret("horse")))),
              Optional.empty(),
              SipTransport.TLS,
              Srtp.REQUIRED,
              false,
              new SipHabits(DtmfMode.INBAND, Duration.ofHours(3), false)),
          G711);

  @Test
  void endpointOfAPhoneComesLast() {
    assertEquals("[aor/101, auth/101, endpoint/101]", OBJECTS.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          auth     | username         | 101
          auth     | password         | correct-horse
          aor      | max_contacts     | 3
          aor      | remove_existing  | no
          aor      | remove_unavailable | yes
          aor      | qualify_frequency| 60
          aor      | mailboxes        | 101-4c02876cab@asked
          aor      | voicemail_extension | *97
          endpoint | context          | from-phone
          endpoint | auth             | 101
          endpoint | aors             | 101
          endpoint | mailboxes        | 101-4c02876cab@told
          endpoint | voicemail_extension | *97
          endpoint | mwi_from_user    | 101
          endpoint | identify_by      | username,auth_username
          endpoint | allow            | !all,opus,ulaw,alaw
          endpoint | media_encryption | sdes
          endpoint | media_encryption_optimistic | yes
          endpoint | media_address    | 127.0.0.1
          endpoint | bind_rtp_to_media_address | yes
          endpoint | rtp_ipv6         | no
          endpoint | direct_media     | no
          endpoint | rtp_symmetric    | yes
          endpoint | force_rport      | yes
          endpoint | rewrite_contact  | yes
          endpoint | dtmf_mode        | auto
          endpoint | rtp_timeout      | 1800
          endpoint | rtp_timeout_hold | 7200
          endpoint | timers           | yes
          endpoint | timers_sess_expires | 90
          endpoint | device_state_busy_at | 0
          endpoint | trust_id_inbound | no
          endpoint | send_connected_line | yes
          endpoint | language         | fa
          endpoint | named_call_group | back-office,sales
          endpoint | named_pickup_group | back-office,sales
          endpoint | subscribe_context | tamas-lamps
          endpoint | callerid         | "سارا احمدی" <101>
          """)
  void phoneHas(String type, String attribute, String value) {
    assertEquals(value, value(OBJECTS, type, attribute));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          endpoint | context     | from-trunk
          endpoint | callerid    | trunk
          endpoint | identify_by | ip
          endpoint | accountcode | 100
          endpoint | allow       | !all,ulaw,alaw
          endpoint | media_encryption | no
          endpoint | media_address | ''
          endpoint | bind_rtp_to_media_address | no
          endpoint | allow_transfer | no
          endpoint | aors        | ''
          endpoint | outbound_auth | ''
          endpoint | from_user   | ''
          endpoint | outbound_proxy | ''
          identify | endpoint    | trunk-demo
          identify | match       | 127.0.0.2
          """)
  void trunkHas(String type, String attribute, String value) {
    assertEquals(value, value(TRUNK, type, attribute));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          auth         | username      | office@sip.example
          auth         | password      | horse
          aor          | contact       | sip:sip.example:5070;transport=tls
          endpoint     | media_encryption | sdes
          endpoint     | media_encryption_optimistic | no
          endpoint     | aors          | trunk-demo
          endpoint     | outbound_auth | trunk-demo
          endpoint     | from_user     | 982191001000
          endpoint     | from_domain   | sip.example
          endpoint     | send_pai      | yes
          endpoint     | dtmf_mode     | inband
          endpoint     | rtp_timeout   | 10800
          endpoint     | rtp_timeout_hold | 10800
          aor          | qualify_frequency | 0
          registration | server_uri    | sip:sip.example:5070;transport=tls
          registration | client_uri    | sip:982191001000@sip.example:5070
          registration | contact_user  | 982191001000
          registration | line          | yes
          registration | endpoint      | trunk-demo
          registration | outbound_auth | trunk-demo
          registration | auth_rejection_permanent | no
          """)
  void trunkWithAnAccountHas(String type, String attribute, String value) {
    assertEquals(value, value(ACCOUNT, type, attribute));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aor          | contact        | sip:sip.example;transport=tcp
          aor          | outbound_proxy | sip:proxy.example:5070;transport=tcp;lr
          endpoint     | from_domain    | sip.example
          endpoint     | outbound_proxy | sip:proxy.example:5070;transport=tcp;lr
          registration | server_uri     | sip:sip.example;transport=tcp
          registration | client_uri     | sip:user@sip.example
          registration | outbound_proxy | sip:proxy.example:5070;transport=tcp;lr
          """)
  void whatATrunkWithAProxySendsGoesThere(String type, String attribute, String value) {
    assertEquals(value, value(TrunkObjects.of(behindAProxy(), G711), type, attribute));
  }

  private static TrunkEndpoint behindAProxy() {
    return new TrunkEndpoint(
        "demo",
        List.of(),
        new ExtensionNumber("100"),
        Optional.empty(),
        Optional.of(new Account("sip.example", "user", "user", Optional.empty())),
        Optional.of("proxy.example:5070"),
        SipTransport.TCP,
        Srtp.OFF,
        false,
        Habits.USUAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "user:realm", "user\"", "user\\", "u>\r\n", "${X}"})
  void userOfADigestIsNoSyntax(String user) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Account("sip.example", "user", user, Optional.empty()));
  }

  @Test
  void nothingOfATrunkRefersToWhatIsNotThere() {
    assertEquals(
        "[auth/trunk-demo, aor/trunk-demo, endpoint/trunk-demo, registration/trunk-demo,"
            + " identify/trunk-demo.0]",
        ACCOUNT.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "user@host", "user;line=x", "user:pw", "u>\r\n"})
  void userOfAnAccountIsNoSyntax(String user) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Account("sip.example", user, "user", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "host;transport=tls", "user@host", "host:port", "-x", "h>"})
  void serverIsNoSyntax(String server) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Account(server, "user", "user", Optional.empty()));
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
    assertEquals("registration/trunk-demo", trunk.getFirst().toString());
    assertEquals("identify/trunk-demo.31", trunk.get(32).toString());
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
        () ->
            new Phone(
                new ExtensionNumber("101"),
                "x",
                Optional.empty(),
                new TreeSet<>(),
                1,
                Habits.USUAL,
                new Secret(password)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host.example", "127.0.0.1,0.0.0.0/0", "0.0.0.0/0000", "!1.2.3.4"})
  void trunkAddressThatIsNoneIsRefused(String address) {
    assertThrows(IllegalArgumentException.class, () -> trunk(address));
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

  private static TrunkEndpoint trunk(String... addresses) {
    return new TrunkEndpoint(
        "demo",
        List.of(addresses),
        new ExtensionNumber("100"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        SipTransport.UDP,
        Srtp.OFF,
        false,
        Habits.USUAL);
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
