package io.tamas.ops;

import io.tamas.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// The settings of an instance for its Asterisk.
///
/// @param data the data folder of the instance, which Asterisk sees as `/instance`
/// @param cell the prefix of every channel id
/// @param sip where SIP and voice are received
/// @param sipPort for UDP and TCP
/// @param tls SIP over TLS; empty: not offered
/// @param rtpFirst the first port for voice
/// @param rtpLast the last port for voice
/// @param agiPort of Tamas's FastAGI server, on loopback
/// @param ari to which Asterisk opens its WebSocket: `ws://host:port/path`
/// @param amiPort of Asterisk's manager interface, on loopback
public record AsteriskSettings(
    Path data,
    String cell,
    SipNetwork sip,
    int sipPort,
    Optional<SipTls> tls,
    int rtpFirst,
    int rtpLast,
    int agiPort,
    URI ari,
    String ariUser,
    Secret ariPassword,
    int amiPort,
    Secret amiPassword) {
  /// The user as which Asterisk authenticates at Tamas.
  static final String ARI_USER = "tamas";

  public Path folder() {
    return data.resolve("asterisk");
  }

  /// Of an instance on one machine: all but SIP and voice on loopback.
  public static AsteriskSettings of(Instance instance, Secrets secrets) {
    return new AsteriskSettings(
        instance.data(),
        instance.cell(),
        instance.sip(),
        instance.port(Port.SIP),
        instance.sipTls(),
        instance.port(Port.RTP),
        instance.lastVoicePort(),
        instance.port(Port.AGI),
        URI.create("ws://127.0.0.1:" + instance.port(Port.ARI) + "/asterisk/ari"),
        ARI_USER,
        secrets.ari(),
        instance.port(Port.AMI),
        secrets.ami());
  }
}
