package io.tamas.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// The name of this machine.
public final class MachineName {
  private MachineName() {}

  /// `localhost` on a machine whose own name leads nowhere.
  public static String get() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
