package io.tamas.call.control;

import io.tamas.asterisk.ami.TrunkAttempt;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.call.control.SilentTrunks.Answer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The channels to trunks, over ARI, few at once.
///
/// Asterisk raises no event for 100 Trying, but keeps with the channel the latest response to its
/// INVITE, whichever it is (`chan_pjsip_incoming_response_update_cause` in `chan_pjsip.c`):
/// `HANGUPCAUSE_KEYS()` is empty until the first one, and `HANGUPCAUSE` tells it as `SIP 503
/// Service Unavailable`.
public final class TrunkChannels implements SilentTrunks.Trunks {
  private static final int BATCH = 16;

  /// In place of a value, where there is no channel.
  private static final String GONE = "-";

  private static final Pattern REFUSAL = Pattern.compile("SIP [3-6][0-9]{2} ");

  /// ITU-T Q.850, network out of order.
  private static final String OUT_OF_ORDER = "38";

  /// The states of a channel (`ast_state2str` in `main/channel.c`) that rings at the called party,
  /// or whose called party has answered.
  private static final Set<String> REACHED = Set.of("Ringing", "Up");

  private final Ari ari;
  private final Duration timeout;

  /// @param timeout of a batch of requests
  public TrunkChannels(Ari ari, Duration timeout) {
    this.ari = ari;
    this.timeout = timeout;
  }

  @Override
  public Map<TrunkAttempt, Answer> answers(List<TrunkAttempt> attempts) throws TimeoutException {
    Map<TrunkAttempt, Answer> answers = new HashMap<>();
    List<TrunkAttempt> answering = new ArrayList<>();
    List<AriResponse> keys = variables(attempts, _ -> "HANGUPCAUSE_KEYS()");
    for (int i = 0; i < attempts.size(); i++) {
      String value = value(keys.get(i));
      TrunkAttempt attempt = attempts.get(i);
      if (value.isEmpty()) {
        answers.put(attempt, Answer.NOTHING);
      } else if (List.of(value.split(",")).contains(attempt.name())) {
        answering.add(attempt);
      } else if (!value.equals(GONE)) {
        // connected since, it has those of channels that it was connected with
        answers.put(attempt, Answer.PROGRESS);
      }
    }
    List<AriResponse> latest =
        variables(answering, attempt -> "HANGUPCAUSE(" + attempt.name() + ",tech)");
    for (int i = 0; i < answering.size(); i++) {
      boolean isRefusal = REFUSAL.matcher(value(latest.get(i))).lookingAt();
      answers.put(answering.get(i), isRefusal ? Answer.REFUSAL : Answer.PROGRESS);
    }
    return answers;
  }

  private List<AriResponse> variables(
      List<TrunkAttempt> attempts, Function<TrunkAttempt, String> which) throws TimeoutException {
    return ask(
        attempts,
        attempt ->
            AriRequest.get(path(attempt) + "/variable", Map.of("variable", which.apply(attempt))));
  }

  private static String value(AriResponse answer) {
    return answer.ok() ? answer.json().path("value").asText(GONE) : GONE;
  }

  /// What has come by RTP counts, not what was promised by SDP; a channel without RTP is looked
  /// after by the dialplan.
  @Override
  public List<TrunkAttempt> speechless(List<TrunkAttempt> attempts) throws TimeoutException {
    List<AriResponse> channels = ask(attempts, attempt -> AriRequest.get(path(attempt)));
    List<AriResponse> voices =
        ask(attempts, attempt -> AriRequest.get(path(attempt) + "/rtp_statistics"));
    List<TrunkAttempt> speechless = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      boolean waits = channels.get(i).ok() && !REACHED.contains(state(channels.get(i)));
      AriResponse voice = voices.get(i);
      if (waits && voice.ok() && voice.json().path("rxcount").asLong() == 0) {
        speechless.add(attempts.get(i));
      }
    }
    return speechless;
  }

  private static String state(AriResponse channel) {
    return channel.json().path("state").asText();
  }

  @Override
  public void leave(List<TrunkAttempt> attempts) throws TimeoutException {
    ask(attempts, attempt -> AriRequest.delete(path(attempt), Map.of("reason_code", OUT_OF_ORDER)));
  }

  private List<AriResponse> ask(
      List<TrunkAttempt> attempts, Function<TrunkAttempt, AriRequest> request)
      throws TimeoutException {
    List<AriResponse> all = new ArrayList<>();
    for (int from = 0; from < attempts.size(); from += BATCH) {
      List<Future<AriResponse>> answers =
          attempts.subList(from, Math.min(attempts.size(), from + BATCH)).stream()
              .map(request)
              .map(ari::request)
              .toList();
      Future.all(answers).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
      answers.forEach(answer -> all.add(answer.result()));
    }
    return all;
  }

  private static String path(TrunkAttempt attempt) {
    return AriRequest.channel(attempt.channel());
  }
}
