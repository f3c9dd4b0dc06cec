package io.tamas.bench;

import io.tamas.lab.AsteriskServer;
import io.tamas.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.AgiScript;
import org.asteriskjava.fastagi.DefaultAgiServer;

/// The highest rate of calls without a failed one, through a real Asterisk: bare (answer and hang
/// up), asking Asterisk-Java's `DefaultAgiServer` for a hard-wired answer, and asking Tamas with
/// everything on: caller lookup, rules, journal, record, events.
///
/// Each call is INVITE, 200, ACK, BYE by sipp on the same machine; CEL is written in all three.
public final class CallsBench {
  private static final int[] RATES = {25, 50, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800};
  private static final int SECONDS = 6;
  private static final String NUMBER = "02191770000";

  private CallsBench() {}

  /// One way to answer a call.
  ///
  /// @param address from which sipp calls, which decides the way
  private record Way(String name, String address) {}

  /// What a run at one rate gave.
  private record Run(int rate, long answered, long failed, long repeated) {
    boolean isClean() {
      return failed == 0 && repeated == 0 && answered > 0;
    }
  }

  public static void main(String[] args) throws Exception {
    try (Lab lab = Lab.alone()) {
      lab.office().extension("9000", "Fallback", false);
      lab.office().trunk("bench", "127.0.9.1", "9000");
      String silence = lab.office().announcement("silence/1");
      lab.office().route("bench", "+982191770000", silence, Duration.ofSeconds(20), false);
      int port = AsteriskServer.freeTcpPort();
      DefaultAgiServer peer = hardWired(port);
      prepare(lab, port);
      List<Way> ways =
          List.of(
              new Way("Asterisk alone", "127.0.9.2"),
              new Way("with DefaultAgiServer", "127.0.9.3"),
              new Way("with Tamas", "127.0.9.1"));
      ways.forEach(way -> call(lab, way, 20));
      double bare = 0;
      System.out.printf("%-24s %12s %8s%n", "", "calls/s", "ratio");
      for (Way way : ways) {
        int best = highest(lab, way);
        bare = bare == 0 ? best : bare;
        System.out.printf("%-24s %12d %8.2f%n", way.name(), best, best / bare);
      }
      peer.shutdown();
    }
    System.exit(0);
  }

  private static int highest(Lab lab, Way way) {
    int best = 0;
    for (int rate : RATES) {
      Run run = call(lab, way, rate);
      System.err.printf("%s %s%n", way.name(), run);
      if (!run.isClean()) {
        break;
      }
      best = rate;
    }
    return best;
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

  private static Run call(Lab lab, Way way, int rate) {
    AsteriskServer asterisk = lab.asterisk();
    Path data = asterisk.settings().data();
    try {
      Path folder = Files.createDirectories(data.resolve("sipp"));
      Files.writeString(folder.resolve("call.xml"), SCENARIO);
      Path statistics = folder.resolve("statistics.csv");
      Files.deleteIfExists(statistics);
      List<String> command =
          new ArrayList<>(List.of("sipp", "-sf", "/instance/sipp/call.xml", "-s", NUMBER));
      command.addAll(List.of("-i", way.address(), "-r", Integer.toString(rate)));
      command.addAll(List.of("-m", Integer.toString(rate * SECONDS), "-l", "20000"));
      command.addAll(List.of("-nostdin", "-trace_stat", "-fd", "1"));
      command.addAll(List.of("-stf", "/instance/sipp/statistics.csv"));
      command.addAll(List.of("-timeout", (SECONDS + 20) + "s", "-recv_timeout", "8000"));
      command.add("127.0.0.1:" + asterisk.settings().sipPort());
      new ProcessBuilder(asterisk.programs().command("tamas-bench", data, command))
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("sipp.log").toFile())
          .start()
          .waitFor();
      return read(rate, statistics);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Run read(int rate, Path statistics) throws IOException {
    List<String> lines = Files.readAllLines(statistics);
    List<String> names = List.of(lines.getFirst().split(";"));
    String[] last = lines.getLast().split(";");
    return new Run(
        rate,
        Long.parseLong(last[names.indexOf("SuccessfulCall(C)")]),
        Long.parseLong(last[names.indexOf("FailedCall(C)")]),
        Long.parseLong(last[names.indexOf("Retransmissions(C)")]));
  }

  private static final String SCENARIO =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE scenario SYSTEM "sipp.dtd">
      <scenario name="call">
      <send retrans="500"><![CDATA[
      INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      From: "Bench" <sip:0912[call_number]@[local_ip]:[local_port]>;tag=[call_number]
      To: <sip:[service]@[remote_ip]:[remote_port]>
      Call-ID: [call_id]
      CSeq: 1 INVITE
      Contact: <sip:bench@[local_ip]:[local_port]>
      Max-Forwards: 70
      Content-Type: application/sdp
      Content-Length: [len]

      v=0
      o=bench 1 1 IN IP4 [local_ip]
      s=-
      c=IN IP4 [media_ip]
      t=0 0
      m=audio [media_port] RTP/AVP 8
      a=rtpmap:8 PCMA/8000
      ]]></send>
      <recv response="100" optional="true"/>
      <recv response="180" optional="true"/>
      <recv response="183" optional="true"/>
      <recv response="200" rrs="true"/>
      <send><![CDATA[
      ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      From: "Bench" <sip:0912[call_number]@[local_ip]:[local_port]>;tag=[call_number]
      To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
      Call-ID: [call_id]
      CSeq: 1 ACK
      Max-Forwards: 70
      Content-Length: 0

      ]]></send>
      <send retrans="500"><![CDATA[
      BYE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      From: "Bench" <sip:0912[call_number]@[local_ip]:[local_port]>;tag=[call_number]
      To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
      Call-ID: [call_id]
      CSeq: 2 BYE
      Max-Forwards: 70
      Content-Length: 0

      ]]></send>
      <recv response="200"/>
      </scenario>
      """;
}
