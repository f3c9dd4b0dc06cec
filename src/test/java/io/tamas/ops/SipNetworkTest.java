package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipNetworkTest {
  private static final List<IpAddress> MACHINE =
      Stream.of("192.0.2.10", "2001:db8::10", "127.0.0.1").map(IpAddress::new).toList();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pbx.example",
        "localhost",
        "127.1",
        "1",
        "192.0.2.10:5060",
        "192.0.2.10/24",
        "192.0.2.256",
        "fe80::1%eth0",
        "[::1]",
        " 192.0.2.10"
      })
  void aNameOrAnythingElseThanALiteralIsNoAddress(String text) {
    assertRefused("--address must be an IPv4 or IPv6 address", request(text, null));
    if (!text.isEmpty()) {
      assertRefused("--external-address must be", request("192.0.2.10", text));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.10", "2001:DB8:0::10", "127.0.0.1", "127.0.0.9", "0.0.0.0"})
  void anAddressOfThisMachineOrAllOfIpv4MayBeChosen(String text) {
    SipNetwork network = request(text, null).applyTo(SipNetwork.LOOPBACK);
    assertDoesNotThrow(() -> network.requireOn(MACHINE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.11", "::", "::1", "224.0.0.1"})
  void anotherIsRefusedWithThoseThatThereAre(String text) {
    SipNetwork network = request(text, null).applyTo(SipNetwork.LOOPBACK);
    var fault = assertThrows(IllegalArgumentException.class, () -> network.requireOn(MACHINE));
    String told = String.valueOf(fault.getMessage());
    assertTrue(told.startsWith("--address must be an address of this machine"), told);
    assertTrue(told.endsWith("it has 192.0.2.10, 2001:db8::10, 127.0.0.1"), told);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,  203.0.113.7,   , --external-address needs --address",
    "192.0.2.10, 0.0.0.0,       , --external-address must be the public address",
    "192.0.2.10, 127.0.0.1,     , --external-address must be the public address",
    "192.0.2.10, 224.0.0.1,     , --external-address must be the public address",
    "192.0.2.10, 2001:db8::7,   , --external-address must be IPv4",
    "2001:db8::10, 203.0.113.7, , --external-address must be IPv6",
    "192.0.2.10, , 10.0.0.0/8,    --local-net needs --external-address",
    "192.0.2.10, none, 10.0.0.0/8, --local-net needs --external-address",
    "192.0.2.10, 203.0.113.7, 10.0.0.0, --local-net must be an address with a prefix length",
    "192.0.2.10, 203.0.113.7, 10.0.0.0/33, --local-net must be an address with a prefix length",
    "192.0.2.10, 203.0.113.7, office/8, --local-net must be an address with a prefix length"
  })
  void whatDoesNotFitIsRefusedWithOptionAndRule(
      String address, String external, String localNet, String told) {
    assertRefused(
        told,
        new SipRequest(
            Optional.of(address),
            Optional.ofNullable(external),
            Stream.ofNullable(localNet).toList()));
  }

  @Test
  void whatIsNotRequestedStaysAndLoopbackLeavesNothing() {
    SipNetwork told =
        new SipRequest(
                Optional.of("192.0.2.10"), Optional.of("203.0.113.7"), List.of("10.1.0.0/16"))
            .applyTo(SipNetwork.LOOPBACK);
    assertEquals(told, SipRequest.NOTHING.applyTo(told));
    SipNetwork moved = request("0.0.0.0", null).applyTo(told);
    assertEquals(told.nat(), moved.nat());
    SipNetwork another = request(null, "203.0.113.8").applyTo(told);
    assertEquals(List.of("10.1.0.0/16"), another.nat().orElseThrow().localNets());
    assertEquals(Optional.empty(), request(null, "none").applyTo(told).nat());
    assertEquals(SipNetwork.LOOPBACK, request("127.0.0.1", null).applyTo(told));
  }

  @Test
  void optionsTakePrecedenceOverTheEnvironment() {
    SipRequest environment =
        SipRequest.fromEnvironment(
            Map.of(
                "TAMAS_ADDRESS", "192.0.2.10",
                "TAMAS_EXTERNAL_ADDRESS", "203.0.113.7",
                "TAMAS_LOCAL_NETS", "10.0.0.0/8, 192.168.0.0/16"));
    assertEquals(
        new SipRequest(
            Optional.of("0.0.0.0"),
            Optional.of("203.0.113.7"),
            List.of("10.0.0.0/8", "192.168.0.0/16")),
        request("0.0.0.0", null).or(environment));
    assertEquals(SipRequest.NOTHING, SipRequest.fromEnvironment(Map.of("TAMAS_ADDRESS", " ")));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,    ,            ",
    "0.0.0.0,      ,            ",
    "2001:db8::10, ,            ",
    "192.0.2.10,   203.0.113.7, ",
    "192.0.2.10,   203.0.113.7, 10.0.0.0/8",
    "2001:db8::10, 2001:db8::7, fd00::/8"
  })
  void whatWasToldIsReadAtTheNextStart(String address, String external, String localNet)
      throws IOException {
    SipNetwork told =
        new SipRequest(
                Optional.of(address),
                Optional.ofNullable(external),
                Stream.ofNullable(localNet).toList())
            .applyTo(SipNetwork.LOOPBACK);
    InstanceFolder.keep(
        InstanceFolder.choose(
            folder, Map.of(Port.SIP, 15060), told, TlsSettings.OWN, VoiceSettings.DEFAULT));
    assertEquals(told, InstanceFolder.read(folder).sip());
    assertEquals(told, InstanceFolder.choose(folder, Map.of()).sip());
  }

  @Test
  void aFolderWithoutTheFileIsOnLoopback() throws IOException {
    Files.writeString(folder.resolve("ports.yaml"), "# The ports of the last start.\nsip: 15060\n");
    Instance instance = InstanceFolder.read(folder);
    assertEquals(SipNetwork.LOOPBACK, instance.sip());
    assertEquals(15060, instance.port(Port.SIP));
  }

  @Test
  void aWrongFileIsRefusedByItsName() throws IOException {
    Files.writeString(folder.resolve("sip.yaml"), "address: pbx.example\n");
    var fault = assertThrows(IOException.class, () -> InstanceFolder.read(folder));
    assertTrue(String.valueOf(fault.getMessage()).contains("sip.yaml: --address must be"));
  }

  @Test
  void transportIsBoundThereAndNothingIsSaidOfANatThatIsNotThere() {
    assertEquals(
        "[tamas-transport](!)\ntype = transport\nbind = [2001:db8::10]:5060\n",
        request("2001:db8::10", null).applyTo(SipNetwork.LOOPBACK).transport(5060, MACHINE));
  }

  @Test
  void transportTellsTheExternalAddressToAllButThePrivateRangesAndThisMachine() {
    assertEquals(
        """
        [tamas-transport](!)
        type = transport
        bind = 192.0.2.10:5060
        external_media_address = 203.0.113.7
        external_signaling_address = 203.0.113.7
        local_net = 10.0.0.0/8
        local_net = 172.16.0.0/12
        local_net = 192.168.0.0/16
        local_net = fc00::/7
        local_net = 127.0.0.0/8
        local_net = ::1/128
        local_net = 192.0.2.10/32
        """,
        request("192.0.2.10", "203.0.113.7").applyTo(SipNetwork.LOOPBACK).transport(5060, MACHINE));
  }

  @Test
  void onAllAddressesEachOfThisMachineIsLocalAndTheFirstIsTheServerOfAPhone() {
    SipNetwork all =
        new SipRequest(Optional.of("0.0.0.0"), Optional.of("203.0.113.7"), List.of("10.0.0.0/8"))
            .applyTo(SipNetwork.LOOPBACK);
    String transport = all.transport(5060, MACHINE);
    assertTrue(transport.contains("local_net = 192.0.2.10/32\nlocal_net = 2001:db8::10/128\n"));
    assertFalse(transport.contains("192.168"), transport);
    assertEquals("192.0.2.10", all.server(MACHINE).text());
    assertEquals("127.0.0.1", all.fromHere().text());
    assertEquals("", all.mediaAddress());
  }

  private static SipRequest request(@Nullable String address, @Nullable String external) {
    return new SipRequest(Optional.ofNullable(address), Optional.ofNullable(external), List.of());
  }

  private static void assertRefused(String told, SipRequest request) {
    var fault =
        assertThrows(IllegalArgumentException.class, () -> request.applyTo(SipNetwork.LOOPBACK));
    String message = String.valueOf(fault.getMessage());
    assertTrue(message.startsWith(told), message);
  }
}
