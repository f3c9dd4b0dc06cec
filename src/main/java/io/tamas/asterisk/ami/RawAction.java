package io.tamas.asterisk.ami;

import java.util.Map;
import org.asteriskjava.manager.action.AbstractManagerAction;

/// An action as Asterisk-Java takes it: it writes the attributes as they are. Public, since it
/// reads them by reflection.
public final class RawAction extends AbstractManagerAction {
  private final transient AmiAction action;

  RawAction(AmiAction action) {
    this.action = action;
  }

  @Override
  public String getAction() {
    return action.name();
  }

  public Map<String, String> getAttributes() {
    return action.fields();
  }
}
