package io.tamas.ops;

import java.util.Locale;

/// The ports of an instance, all on loopback.
public enum Port {
  SIP(5060, Transport.UDP, "SIP of Asterisk"),
  /// The first of [#RTP_COUNT] ports for voice.
  RTP(10000, Transport.UDP, "first of the voice ports"),
  HTTP(8080, Transport.TCP, "REST and WebSocket"),
  MANAGEMENT(8082, Transport.TCP, "metrics and health"),
  AGI(4573, Transport.TCP, "FastAGI"),
  ARI(8081, Transport.TCP, "the WebSocket that Asterisk opens"),
  AMI(5038, Transport.TCP, "manager interface of Asterisk"),
  POSTGRES(5433, Transport.TCP, "embedded PostgreSQL");

  public enum Transport {
    UDP,
    TCP
  }

  /// How many ports follow [#RTP] for voice.
  public static final int RTP_COUNT = 1000;

  private final int usual;
  private final Transport transport;
  private final String use;

  Port(int usual, Transport transport, String use) {
    this.usual = usual;
    this.transport = transport;
    this.use = use;
  }

  public int usual() {
    return usual;
  }

  public Transport transport() {
    return transport;
  }

  /// What listens there, for display.
  public String use() {
    return use;
  }

  /// The command line option that sets it.
  public String option() {
    return "--" + name().toLowerCase(Locale.ROOT) + "-port";
  }

  /// The environment variable that sets it.
  public String variable() {
    return "TAMAS_" + name() + "_PORT";
  }
}
