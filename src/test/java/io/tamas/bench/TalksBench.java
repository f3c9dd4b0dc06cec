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

/// The highest rate of talks of one second between somebody outside and somebody whom the company
/// leads them to, with voice in both directions: by Asterisk alone and with Tamas, each without and
/// with a recording. `args`: the lowest rate, the step, the seconds at each.
public final class TalksBench {
  private static final Rates RATES = new Rates(20, 20, 10, 8);
  private static final String ANSWERS = "127.0.9.9";
  private static final String OUTSIDE = "+989120000009";

  private final Lab lab;
  private final Rates rates;

  private TalksBench(Lab lab, Rates rates) {
    this.lab = lab;
    this.rates = rates;
  }

  public static void main(String[] args) throws Exception {
    try (Lab lab = Lab.asDelivered()) {
      new TalksBench(lab, RATES.with(args)).run();
    }
    System.exit(0);
  }

  private void run() throws IOException {
    int port = FreePorts.take();
    Process answering = SippCalls.answer(lab.asterisk(), ANSWERS, port);
    try {
      String server = ANSWERS + ":" + port;
      lab.office().extension("9000", "Fallback", false);
      lab.office().trunk("bench", "127.0.9.1", "9000", server, Map.of("callerId", "+982191009999"));
      route("+982191770001", false);
      route("+982191770002", true);
      prepare(lab.asterisk(), server);
      CallRates table = new CallRates(lab, rates, Talk.A_SECOND);
      lab.office().dies();
      table.highest(new Way("Asterisk alone", "127.0.9.2", "01", false));
      table.highest(new Way("Asterisk alone, recorded", "127.0.9.2", "02", false));
      lab.office().recovers();
      table.awaitRecords();
      table.highest(new Way("with Tamas", "127.0.9.1", "02191770001", true));
      table.highest(new Way("with Tamas, recorded", "127.0.9.1", "02191770002", true));
    } finally {
      answering.destroy();
    }
  }

  private void route(String number, boolean recorded) {
    lab.office().route("bench", number, "number:" + OUTSIDE, Duration.ofSeconds(20), recorded);
  }

  private static void prepare(AsteriskServer asterisk, String server) throws IOException {
    Files.writeString(
        asterisk.settings().data().resolve("pjsip.local.conf"),
        """
        [bare]
        type = endpoint
        context = bench-bare
        allow = alaw
        identify_by = ip
        direct_media = no
        [bare]
        type = identify
        endpoint = bare
        match = 127.0.9.2
        [answers]
        type = endpoint
        context = bench-bare
        allow = alaw
        aors = answers
        direct_media = no
        [answers]
        type = aor
        contact = sip:%s
        """
            .formatted(server));
    asterisk.console("module reload res_pjsip.so");
    asterisk.console("module reload res_pjsip_endpoint_identifier_ip.so");
    String record = "MixMonitor(/instance/recordings/bench-${UNIQUEID}.wav)";
    for (String step :
        new String[] {"01,1,Dial(PJSIP/answers)", "02,1," + record, "02,2,Dial(PJSIP/answers)"}) {
      asterisk.console("dialplan add extension " + step + " into bench-bare");
    }
  }
}
