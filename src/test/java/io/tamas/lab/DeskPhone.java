package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.config.Secret;
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
  private final String server;
  private final Tone tone;
  private final Baresip device;
  private final Ear ear;
  private final PhoneControl control;

  /// @param number its extension
  public DeskPhone(PhoneNetwork network, AsteriskHome programs, Instance instance, String number) {
    this.number = number;
    this.server = network.machine() + ":" + instance.port(Port.SIP);
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

  /// Its account is entered; it has registered.
  public DeskPhone registers(Secret password, Port.Transport transport) {
    control.send(
        "uanew",
        "<sip:%s@%s;transport=%s>;auth_pass=%s;regint=300;answermode=manual"
            .formatted(
                number, server, transport.name().toLowerCase(Locale.ROOT), password.reveal()));
    PhoneControl.Event answered =
        control.await(number + " hears of it", DEADLINE, event -> OUTCOMES.contains(event.type()));
    assertEquals("REGISTER_OK", answered.type(), answered::detail);
    return this;
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
