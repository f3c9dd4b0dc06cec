package io.tamas.asterisk.phones;

import io.tamas.asterisk.phones.SipHabits.DtmfMode;
import java.time.Duration;

/// SIP without peculiarities.
public final class Habits {
  public static final SipHabits USUAL = new SipHabits(DtmfMode.AUTO, Duration.ofMinutes(30), true);

  private Habits() {}
}
