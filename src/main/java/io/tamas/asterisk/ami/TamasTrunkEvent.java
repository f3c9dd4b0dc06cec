package io.tamas.asterisk.ami;

import org.asteriskjava.manager.event.UserEvent;
import org.jspecify.annotations.Nullable;

/// The user event `TamasTrunk` of the dialplan: a trunk is about to be called. Public, since
/// Asterisk-Java sets its fields by reflection.
public final class TamasTrunkEvent extends UserEvent {
  private static final long serialVersionUID = 1L;

  private @Nullable String emergency;
  private @Nullable String address;

  public TamasTrunkEvent(Object source) {
    super(source);
  }

  public @Nullable String getEmergency() {
    return emergency;
  }

  public void setEmergency(String emergency) {
    this.emergency = emergency;
  }

  public @Nullable String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address;
  }
}
