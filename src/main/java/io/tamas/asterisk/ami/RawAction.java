package io.tamas.asterisk.ami;

import java.util.Map;
import org.asteriskjava.manager.action.AbstractManagerAction;

/// An action for Asterisk-Java, which writes the attributes unchanged. Public, since it reads them
/// by reflection.
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
