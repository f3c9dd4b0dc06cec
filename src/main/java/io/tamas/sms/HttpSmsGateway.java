package io.tamas.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.OutboundFault;
import io.tamas.outbound.Reply;
import io.tamas.outbound.Target;
import io.tamas.work.Delivery;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends by a request to an SMS gateway; the request, and the response to an accepted message, are
/// defined by the configuration.
public final class HttpSmsGateway implements SmsGateway, AutoCloseable {
  /// The maximum bytes read of a response.
  private static final int MAX = 65_536;

  /// The longest address, with a message in it.
  private static final int MAX_ADDRESS = 8_000;

  /// The statuses that concern the message itself. Any other failure may be temporary: a wrong key,
  /// an account without credit, a server that is down.
  private static final Set<Integer> NEVER = Set.of(400, 413, 422);

  private final OutboundClient client;
  private final Config.Sms config;

  /// @param client with the time-out of the configuration, which may reach the gateway
  ///   ([SmsAddress])
  public HttpSmsGateway(OutboundClient client, Config.Sms config) {
    this.client = client;
    this.config = config;
  }

  @Override
  public Delivery send(Sms sms) {
    try {
      return outcome(ask(sms).await(config.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Delivery.Later("no answer within " + config.timeout());
    } catch (IllegalArgumentException e) {
      return new Delivery.Later("sms.url " + e.getMessage());
    } catch (OutboundFault e) {
      return new Delivery.Later(e.reason());
    } catch (Exception e) { // await throws the cause as it is; an address may contain the key
      return new Delivery.Later(e.getClass().getSimpleName());
    }
  }

  private Delivery outcome(Reply reply) {
    boolean ok = reply.isSuccess();
    if (ok && reply.body().toString(UTF_8).contains(config.accepted())) {
      return new Delivery.Sent();
    }
    String reason = "HTTP " + reply.status() + (ok ? " without sms.accepted" : "");
    return NEVER.contains(reply.status())
        ? new Delivery.Refused(reason)
        : new Delivery.Later(reason);
  }

  private Future<Reply> ask(Sms sms) {
    SmsRequest form = new SmsRequest(sms, config.from(), config.key().map(Secret::reveal));
    Target target = Target.parse(form.address(config.url()), MAX_ADDRESS);
    String body = form.body(config.body(), config.format());
    return body.isEmpty()
        ? client.get(target, Map.of(), MAX)
        : client.post(
            target,
            Map.of("content-type", SmsRequest.contentType(config.format())),
            Buffer.buffer(body),
            MAX);
  }

  @Override
  public void close() {
    client.close();
  }
}
