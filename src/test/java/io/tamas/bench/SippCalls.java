package io.tamas.bench;

import io.tamas.lab.AsteriskServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Calls by sipp: INVITE, 200, ACK, perhaps a talk, BYE.
final class SippCalls {
  /// Seconds of a tone in A-law, loud and soft in turn.
  private static final byte[] VOICE = new byte[5 * 8_000];

  static {
    for (int i = 0; i < VOICE.length; i++) {
      VOICE[i] = (byte) (i / 8 % 2 == 0 ? 0x2A : 0xAA);
    }
  }

  private SippCalls() {}

  /// Begins to answer calls at a port and to echo their voice, until it is ended. Asked whether it
  /// is there, it says so.
  static Process answer(AsteriskServer asterisk, String address, int port) throws IOException {
    Path data = asterisk.settings().data();
    Path folder = Files.createDirectories(data.resolve("sipp"));
    Files.writeString(folder.resolve("answer.xml"), ANSWER);
    List<String> command =
        List.of(
            "sipp",
            "-sf",
            "/instance/sipp/answer.xml",
            "-i",
            address,
            "-p",
            Integer.toString(port),
            "-rtp_echo",
            "-aa",
            "-nostdin");
    return new ProcessBuilder(asterisk.programs().command("tamas-bench-answer", data, command))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("answer.log").toFile())
        .start();
  }

  /// Between the answer and the end.
  enum Talk {
    NONE(""),

    /// One second, in which the caller's voice is heard.
    A_SECOND(
        """
        <nop><action><exec rtp_stream="/instance/sipp/voice.alaw,-1,8"/></action></nop>
        <pause milliseconds="1000"/>
        """);

    private final String steps;

    Talk(String steps) {
      this.steps = steps;
    }
  }

  /// What came of them.
  ///
  /// @param repeated messages that were sent again because no answer came in time
  record Run(int rate, long made, long answered, long failed, long repeated) {
    boolean isClean() {
      return failed == 0 && repeated == 0 && answered == made;
    }
  }

  /// Calls a number from a local address, so many times a second.
  static Run run(
      AsteriskServer asterisk, String address, String number, Talk talk, int rate, int seconds) {
    Path data = asterisk.settings().data();
    try {
      Path folder = Files.createDirectories(data.resolve("sipp"));
      Files.writeString(folder.resolve("call.xml"), SCENARIO.replace("<talk/>", talk.steps));
      Files.write(folder.resolve("voice.alaw"), VOICE);
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

  private static final String ANSWER =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!DOCTYPE scenario SYSTEM "sipp.dtd">
      <scenario name="answer">
      <recv request="INVITE"/>
      <send><![CDATA[
      SIP/2.0 180 Ringing
      [last_Via:]
      [last_From:]
      [last_To:];tag=[call_number]
      [last_Call-ID:]
      [last_CSeq:]
      Contact: <sip:[local_ip]:[local_port]>
      Content-Length: 0

      ]]></send>
      <send retrans="500"><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:];tag=[call_number]
      [last_Call-ID:]
      [last_CSeq:]
      Contact: <sip:[local_ip]:[local_port]>
      Content-Type: application/sdp
      Content-Length: [len]

      v=0
      o=answer 1 1 IN IP4 [local_ip]
      s=-
      c=IN IP4 [media_ip]
      t=0 0
      m=audio [media_port] RTP/AVP 8
      a=rtpmap:8 PCMA/8000
      ]]></send>
      <recv request="ACK" optional="true" rtd="true"/>
      <recv request="BYE"/>
      <send><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:]
      [last_Call-ID:]
      [last_CSeq:]
      Content-Length: 0

      ]]></send>
      </scenario>
      """;

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
      <talk/>
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
