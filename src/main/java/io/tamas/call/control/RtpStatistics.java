package io.tamas.call.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.call.live.LiveChannels.Channel;
import io.tamas.json.Json;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What Asterisk counts of the RTP of channels (`ast_rtp_instance_get_stats_all_json` in
/// `main/rtp_engine.c`), asked of each channel by its id, few at once; and the RTCP of which it
/// tells.
public final class RtpStatistics implements DeadCalls.Media {
  private static final int BATCH = 16;

  /// ITU-T Q.850, recovery on timer expiry.
  private static final String TIMER_EXPIRED = "102";

  /// Those that change only when RTP or RTCP is received: the round trip and what begins with
  /// `remote_` come from RTCP.
  private static final List<String> RECEIVED =
      List.of("rxcount", "rxoctetcount", "rtt", "maxrtt", "minrtt", "normdevrtt", "stdevrtt");

  /// The header of a request from the party, or of its response to ours, by which it has agreed to
  /// a session timer (RFC 4028). A caller that only supports them gets none from Asterisk.
  private static final List<String> TIMER_HEADERS =
      List.of("PJSIP_HEADER(read,Session-Expires)", "PJSIP_RESPONSE_HEADER(read,Session-Expires)");

  private static final Pattern SECONDS = Pattern.compile("\\s*([0-9]{1,9})\\b.*");

  /// The longest timer, in seconds, that shows in time whether a party is still there; Asterisk
  /// agrees to any that a caller asks for.
  private static final int LONGEST_TIMER = 180;

  private final Ari ari;
  private final ReceivedRtcp rtcp;
  private final Duration timeout;

  /// @param timeout of a batch of requests
  public RtpStatistics(Ari ari, ReceivedRtcp rtcp, Duration timeout) {
    this.ari = ari;
    this.rtcp = rtcp;
    this.timeout = timeout;
  }

  @Override
  public Map<String, String> counters(List<Channel> channels) throws TimeoutException {
    Map<String, String> counters = new HashMap<>();
    for (int from = 0; from < channels.size(); from += BATCH) {
      List<Channel> batch = channels.subList(from, Math.min(channels.size(), from + BATCH));
      List<AriResponse> answers =
          ask(batch.stream().map(one -> AriRequest.get(path(one) + "/rtp_statistics")));
      for (int i = 0; i < batch.size(); i++) {
        if (answers.get(i).ok()) {
          String id = batch.get(i).uniqueId();
          counters.put(id, received(answers.get(i)) + " rtcp=" + rtcp.at(id));
        }
      }
    }
    return counters;
  }

  @Override
  public void keep(Collection<String> channels) {
    rtcp.keep(channels);
  }

  private static String received(AriResponse answer) {
    JsonNode statistics = Json.read(answer.body(), JsonNode.class);
    return statistics.properties().stream()
        .filter(one -> RECEIVED.contains(one.getKey()) || one.getKey().startsWith("remote_"))
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }

  @Override
  public boolean hasSessionTimer(Channel channel) throws TimeoutException {
    List<AriResponse> answers =
        ask(
            TIMER_HEADERS.stream()
                .map(header ->
                    AriRequest.get(path(channel) + "/variable", Map.of("variable", header))));
    return answers.stream().filter(AriResponse::ok).anyMatch(RtpStatistics::agrees);
  }

  private static boolean agrees(AriResponse answer) {
    Matcher expires =
        SECONDS.matcher(Json.read(answer.body(), JsonNode.class).path("value").asText());
    return expires.matches() && Integer.parseInt(expires.group(1)) <= LONGEST_TIMER;
  }

  @Override
  public void hangUp(Channel channel) throws TimeoutException {
    ask(Stream.of(AriRequest.delete(path(channel), Map.of("reason_code", TIMER_EXPIRED))));
  }

  private List<AriResponse> ask(Stream<AriRequest> requests) throws TimeoutException {
    List<Future<AriResponse>> answers = requests.map(ari::request).toList();
    Future.all(answers).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    return answers.stream().map(Future::result).toList();
  }

  private static String path(Channel channel) {
    return AriRequest.channel(channel.uniqueId());
  }
}
