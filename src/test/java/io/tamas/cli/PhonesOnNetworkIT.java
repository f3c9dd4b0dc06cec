package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Codec;
import io.tamas.config.SipTransport;
import io.tamas.lab.DeskPhone;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Phones that nobody here wrote, on another network than the machine: TLS, SRTP and codecs.
class PhonesOnNetworkIT {
  @TempDir private static Path folder;
  private static UpOnNetwork office;
  private static String up;

  @BeforeAll
  static void open() throws Exception {
    office = new UpOnNetwork(folder);
    up = office.up("--address", office.network.machine());
  }

  @AfterAll
  static void down() throws Exception {
    office.close();
  }

  @AfterEach
  void switchOff() {
    office.switchOff();
  }

  @Test
  void aPhoneByTlsTrustsTheAuthorityOfTheInstanceAndTalksEncryptedToOneByUdp() throws Exception {
    assertTrue(up.contains("To be trusted    " + office.data().resolve("tls/ca.pem")), up);
    DeskPhone tls =
        office.phone("102").encrypts().registers(office.password("102"), SipTransport.TLS);
    DeskPhone udp = office.phone("103").registers(office.password("103"), SipTransport.UDP);
    tls.sees("SIP/2.0/TLS " + office.network.phones());
    talk(tls, udp);
    tls.sees("RTP/SAVP");
  }

  @Test
  void aPhoneThatOffersSrtpGetsItWhenItIsCalled() throws Exception {
    DeskPhone called =
        office.phone("102").offersEncryption().registers(office.password("102"), SipTransport.TLS);
    DeskPhone caller = office.phone("103").registers(office.password("103"), SipTransport.UDP);
    talk(caller, called);
    called.sees("a=crypto:");
  }

  @Test
  void phonesOfDifferentCodecsHearEachOther() throws Exception {
    DeskPhone opus =
        office.phone("102").speaks(Codec.OPUS).registers(office.password("102"), SipTransport.UDP);
    DeskPhone g722 =
        office.phone("103").speaks(Codec.G722).registers(office.password("103"), SipTransport.UDP);
    talk(opus, g722);
    opus.sees("opus/48000/2").sees("audio decoder: opus");
    g722.sees("audio decoder: G722");
  }

  private static void talk(DeskPhone caller, DeskPhone called) {
    caller.calls(called);
    called.answers();
    caller.hears(called);
    called.hears(caller);
    caller.hangsUp();
  }
}
