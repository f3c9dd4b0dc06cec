package io.tamas.lab;

import io.tamas.config.Secret;
import java.time.Duration;
import java.util.Map;

/// A new extension whose devices are registered by the test.
public final class DevicesOf {
  private final Lab lab;
  private final String number;
  private Secret password;

  /// @param devices how many may be registered
  public DevicesOf(Lab lab, int devices) {
    this.lab = lab;
    number = lab.house().nextExtension();
    password = lab.office().extension(number, "Devices", false);
    lab.office().says(number, Map.of("devices", devices));
    Eventually.eventually(
        number + " may have " + devices + " devices",
        Duration.ofSeconds(10),
        () ->
            lab.asterisk()
                .console("pjsip show aor " + number)
                .matches("(?s).*max_contacts +: " + devices + "\\n.*"));
  }

  public String number() {
    return number;
  }

  public Secret password() {
    return password;
  }

  public void hasNewPassword(Secret changed) {
    password = changed;
  }

  /// A device that is not registered yet.
  ///
  /// @param user the user part of its contact
  /// @param parameters of its contact, each after a semicolon
  public RawDevice device(String user, String parameters, String agent) {
    return lab.keep(new RawDevice(lab.house(), number, user, parameters, agent));
  }

  /// One that is registered and waits for calls.
  public RawDevice registered(String user, String parameters, String agent) {
    RawDevice device = device(user, parameters, agent);
    int status = device.registers(password);
    if (status != 200) {
      throw new AssertionError("received " + status + " for " + device.contact());
    }
    return device.waitsForCalls();
  }

  public RawDevice registered() {
    return registered(number, "", "Raw");
  }
}
