package io.tamas.bench;

import io.tamas.lab.AsteriskServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Calls by sipp: INVITE, 200, ACK and at once BYE.
final class SippCalls {
  private SippCalls() {}

  /// What came of them.
  ///
  /// @param repeated messages that were sent again because no answer came in time
  record Run(int rate, long made, long answered, long failed, long repeated) {
    boolean isClean() {
      return failed == 0 && repeated == 0 && answered == made;
    }
  }

  /// Calls a number from a local address, so many times a second.
  static Run run(AsteriskServer asterisk, String address, String number, int rate, int seconds) {
    Path data = asterisk.settings().data();
    try {
      Path folder = Files.createDirectories(data.resolve("sipp"));
      Files.writeString(folder.resolve("call.xml"), SCENARIO);
      Path statistics = folder.resolve("statistics.csv");
      Files.deleteIfExists(statistics);
      List<String> command =
          new ArrayList<>(List.of("sipp", "-sf", "/instance/sipp/call.xml", "-s", number));
      command.addAll(List.of("-i", address, "-r", Integer.toString(rate)));
      long made = (long) rate * seconds;
      command.addAll(List.of("-m", Long.toString(made), "-l", "20000"));
      command.addAll(List.of("-nostdin", "-trace_stat", "-fd", "1"));
      command.addAll(List.of("-stf", "/instance/sipp/statistics.csv"));
      command.addAll(List.of("-timeout", (seconds + 20) + "s", "-recv_timeout", "8000"));
      command.add("127.0.0.1:" + asterisk.settings().sipPort());
      new ProcessBuilder(asterisk.programs().command("tamas-bench", data, command))
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("sipp.log").toFile())
          .start()
          .waitFor();
      return read(rate, made, statistics);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Run read(int rate, long made, Path statistics) throws IOException {
    List<String> lines = Files.readAllLines(statistics);
    List<String> names = List.of(lines.getFirst().split(";"));
    String[] last = lines.getLast().split(";");
    return new Run(
        rate,
        made,
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
