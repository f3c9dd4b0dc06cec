package io.tamas.ops;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// The ports of an instance: those for SIP, voice and HTTPS at its [SipNetwork], all others on
/// loopback.
public enum Port {
  SIP(5060, EnumSet.allOf(Transport.class), "SIP of Asterisk"),
  /// The first of the ports for voice.
  RTP(10000, EnumSet.of(Transport.UDP), "first of the voice ports"),
  /// By default the one after [#SIP].
  SIP_TLS(5061, EnumSet.of(Transport.TCP), "SIP over TLS of Asterisk"),
  HTTP(8080, EnumSet.of(Transport.TCP), "REST and WebSocket"),
  HTTPS(8443, EnumSet.of(Transport.TCP), "REST and WebSocket for other machines"),
  MANAGEMENT(8082, EnumSet.of(Transport.TCP), "metrics and health"),
  AGI(4573, EnumSet.of(Transport.TCP), "FastAGI"),
  ARI(8081, EnumSet.of(Transport.TCP), "the WebSocket that Asterisk opens"),
  AMI(5038, EnumSet.of(Transport.TCP), "manager interface of Asterisk"),
  POSTGRES(5433, EnumSet.of(Transport.TCP), "embedded PostgreSQL");

  public enum Transport {
    UDP,
    TCP
  }

  private final int usual;
  private final Set<Transport> transports;
  private final String use;

  Port(int usual, EnumSet<Transport> transports, String use) {
    this.usual = usual;
    this.transports = Collections.unmodifiableSet(transports);
    this.use = use;
  }

  public int usual() {
    return usual;
  }

  public Set<Transport> transports() {
    return transports;
  }

  /// Whether other machines send to it, not only programs of this machine.
  boolean isForOthers() {
    return this == SIP || this == SIP_TLS || this == RTP || this == HTTPS;
  }

  /// What listens there, for display.
  public String use() {
    return use;
  }

  /// The command line option that sets it.
  public String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "-port";
  }

  /// The environment variable that sets it.
  public String variable() {
    return "TAMAS_" + name() + "_PORT";
  }
}
