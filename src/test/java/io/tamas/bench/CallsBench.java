package io.tamas.bench;

import io.tamas.bench.CallRates.Rates;
import io.tamas.bench.CallRates.Way;
import io.tamas.bench.SippCalls.Talk;
import io.tamas.lab.AsteriskServer;
import io.tamas.lab.FreePorts;
import io.tamas.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.AgiScript;
import org.asteriskjava.fastagi.DefaultAgiServer;

/// The highest rate of calls without a failed one, through a real Asterisk: bare (answer and hang
/// up), asking Asterisk-Java's `DefaultAgiServer` for a hard-wired answer, and asking Tamas with
/// everything on: caller lookup, rules, journal, record, events. And what a call costs whom.
///
/// Each call is INVITE, 200, ACK, BYE by sipp on the same machine. CEL is written in all three;
/// only in the last one does Tamas run and read it. `args`: the lowest rate, the step, the seconds
/// at each.
public final class CallsBench {
  private static final String NUMBER = "02191770000";
  private static final Rates RATES = new Rates(100, 100, 50, 6);

  private final Lab lab;
  private final Rates rates;

  private CallsBench(Lab lab, Rates rates) {
    this.lab = lab;
    this.rates = rates;
  }

  public static void main(String[] args) throws Exception {
    try (Lab lab = Lab.asDelivered()) {
      new CallsBench(lab, RATES.with(args)).run();
    }
    System.exit(0);
  }

  private void run() throws IOException {
    lab.office().extension("9000", "Fallback", false);
    lab.office().trunk("bench", "127.0.9.1", "9000");
    String silence = lab.office().announcement("silence/1");
    lab.office().route("bench", "+982191770000", silence, Duration.ofSeconds(20), false);
    int port = FreePorts.take();
    DefaultAgiServer peer = hardWired(port);
    prepare(lab, port);
    CallRates table = new CallRates(lab, rates, Talk.NONE);
    lab.office().dies();
    table.highest(new Way("Asterisk alone", "127.0.9.2", NUMBER, false));
    table.highest(new Way("with DefaultAgiServer", "127.0.9.3", NUMBER, false));
    lab.office().recovers();
    table.awaitRecords();
    table.highest(new Way("with Tamas", "127.0.9.1", NUMBER, true));
    peer.shutdown();
  }

  private static DefaultAgiServer hardWired(int port) {
    AgiScript script =
        new AgiScript() {
          @Override
          public void service(AgiRequest request, AgiChannel channel)
              throws org.asteriskjava.fastagi.AgiException {
            channel.setVariable("TAMAS_NOTE", "none");
            channel.setVariable("TAMAS_SOUND", "silence/1");
            channel.setVariable("TAMAS_ACTION", "announce");
          }
        };
    DefaultAgiServer server = new DefaultAgiServer(script);
    server.setPort(port);
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            server.startup();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    return server;
  }

  /// The two peers have endpoints and contexts of their own; Tamas has its trunk.
  private static void prepare(Lab lab, int agiPort) throws IOException {
    StringBuilder endpoints = new StringBuilder();
    for (Map.Entry<String, String> peer :
        Map.of("bare", "127.0.9.2", "wired", "127.0.9.3").entrySet()) {
      endpoints.append(
          """
          [%1$s]
          type = endpoint
          context = bench-%1$s
          allow = alaw
          identify_by = ip
          direct_media = no
          [%1$s]
          type = identify
          endpoint = %1$s
          match = %2$s
          """
              .formatted(peer.getKey(), peer.getValue()));
    }
    AsteriskServer asterisk = lab.asterisk();
    Files.writeString(asterisk.settings().data().resolve("pjsip.local.conf"), endpoints);
    asterisk.console("module reload res_pjsip.so");
    asterisk.console("module reload res_pjsip_endpoint_identifier_ip.so");
    String answer = "Answer() into bench-";
    asterisk.console("dialplan add extension _X.,1," + answer + "bare");
    asterisk.console("dialplan add extension _X.,2,Playback(silence/1) into bench-bare");
    asterisk.console(
        "dialplan add extension _X.,1,AGI(agi://127.0.0.1:" + agiPort + "/x) into bench-wired");
    asterisk.console("dialplan add extension _X.,2," + answer + "wired");
    asterisk.console("dialplan add extension _X.,3,Playback(silence/1) into bench-wired");
  }
}
