package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.config.Codec;
import io.tamas.config.Secret;
import io.tamas.config.SipTransport;
import io.tamas.ops.AsteriskHome;
import io.tamas.ops.Instance;
import io.tamas.ops.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// A telephone on a [PhoneNetwork]: it knows of an instance what a person typed into it.
public final class DeskPhone implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  private static final Set<String> OUTCOMES = Set.of("REGISTER_OK", "REGISTER_FAIL");

  private final String number;
  private final String host;
  private final Instance instance;
  private final Tone tone;
  private final Baresip device;
  private final Ear ear;
  private final PhoneControl control;
  private String settings = "";
  private String server = "";

  /// @param number its extension
  public DeskPhone(PhoneNetwork network, AsteriskHome programs, Instance instance, String number) {
    this.number = number;
    this.host = network.server();
    this.instance = instance;
    this.tone = new Tone(400 + Integer.parseInt(number));
    this.device = Baresip.on(network, programs, instance.data(), number, tone);
    this.ear = new Ear(number, device);
    try {
      this.control = device.control(event -> {});
    } catch (IOException e) {
      device.close();
      throw new UncheckedIOException(e);
    }
  }

  /// Its user switches it to that codec alone, such as `opus`.
  public DeskPhone speaks(Codec codec) {
    settings += ";audio_codecs=" + nameOf(codec);
    return this;
  }

  private static String nameOf(Codec codec) {
    return switch (codec) {
      case OPUS -> "opus/48000/2";
      case G722 -> "G722/16000/1";
      case ALAW -> "PCMA/8000/1";
      case ULAW -> "PCMU/8000/1";
    };
  }

  /// Its user demands SRTP.
  public DeskPhone encrypts() {
    settings += ";mediaenc=srtp-mand";
    return this;
  }

  /// Its user lets it offer SRTP.
  public DeskPhone offersEncryption() {
    settings += ";mediaenc=srtp";
    return this;
  }

  /// Its account is entered; it has registered.
  public DeskPhone registers(Secret password, SipTransport transport) {
    PhoneControl.Event answered = triesToRegister(password, transport);
    assertEquals("REGISTER_OK", answered.type(), answered::detail);
    return this;
  }

  /// Its account is entered; it says that this did not work.
  public DeskPhone cannotRegister(Secret password, SipTransport transport) {
    PhoneControl.Event answered = triesToRegister(password, transport);
    assertEquals("REGISTER_FAIL", answered.type(), answered::detail);
    return this;
  }

  private PhoneControl.Event triesToRegister(Secret password, SipTransport transport) {
    Port port = transport == SipTransport.TLS ? Port.SIP_TLS : Port.SIP;
    String name = ";transport=" + transport.name().toLowerCase(Locale.ROOT);
    server = (host.contains(":") ? "[" + host + "]" : host) + ":" + instance.port(port) + name;
    control.send(
        "uanew",
        "<sip:%s@%s>;auth_pass=%s;regint=300;answermode=manual%s"
            .formatted(number, server, password.reveal(), settings));
    return control.await(
        number + " hears of it", DEADLINE, event -> OUTCOMES.contains(event.type()));
  }

  public DeskPhone calls(DeskPhone other) {
    control.send("dial", "sip:" + other.number + "@" + server);
    return this;
  }

  public DeskPhone answers() {
    control.await(number + " rings", DEADLINE, event -> event.type().equals("CALL_INCOMING"));
    control.send("accept", "");
    return this;
  }

  public DeskPhone hears(DeskPhone other) {
    ear.hears(other.tone);
    return this;
  }

  public DeskPhone hangsUp() {
    control.send("hangup", "");
    return this;
  }

  /// Something was sent to it or by it.
  public DeskPhone sees(String line) {
    eventually(number + " sees " + line, DEADLINE, () -> device.log().contains(line));
    return this;
  }

  @Override
  public void close() {
    device.close();
  }
}
