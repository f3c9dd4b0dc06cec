package io.tamas.cli;

import io.tamas.config.SipTransport;
import io.tamas.lab.DeskPhone;
import io.tamas.lab.PhoneNetwork;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Voice through a real NAT, on either side of it, and over IPv6.
class UpNatIT {
  @TempDir private Path folder;

  @Test
  void phonesBehindANatHearEachOther() throws Exception {
    try (UpOnNetwork office = office(PhoneNetwork.behindNat(UpOnNetwork.programs(), nat()))) {
      office.up("--address", office.network.machine());
      talk(office, SipTransport.UDP);
    }
  }

  @Test
  void phonesOutsideOfTheNatOfTamasHearEachOther() throws Exception {
    try (UpOnNetwork office = office(PhoneNetwork.outsideOfNat(UpOnNetwork.programs(), nat()))) {
      office.up(
          "--address", office.network.machine(), "--external-address", office.network.server());
      talk(office, SipTransport.UDP);
    }
  }

  @Test
  void phonesOnIpv6HearEachOther() throws Exception {
    try (UpOnNetwork office = office(PhoneNetwork.ofIpv6())) {
      office.up("--address", office.network.server());
      talk(office, SipTransport.TCP);
    }
  }

  private UpOnNetwork office(PhoneNetwork network) throws Exception {
    return new UpOnNetwork(folder, network);
  }

  private Path nat() {
    return folder.resolve("nat");
  }

  /// The caller by UDP, since each phone may choose.
  private static void talk(UpOnNetwork office, SipTransport transport) throws Exception {
    DeskPhone caller = office.phone("102").registers(office.password("102"), SipTransport.UDP);
    DeskPhone called = office.phone("103").registers(office.password("103"), transport);
    caller.calls(called);
    called.answers();
    caller.hears(called);
    called.hears(caller);
    caller.hangsUp();
  }
}
