package io.tamas.sms;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.work.Delivery;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends by a request to an SMS gateway; the request, and the response to an accepted message, are
/// defined by the configuration.
public final class HttpSmsGateway implements SmsGateway, AutoCloseable {
  /// The maximum bytes read of a response.
  private static final int MAX = 65_536;

  /// The statuses that concern the message itself. Any other failure may be temporary: a wrong key,
  /// an account without credit, a server that is down.
  private static final Set<Integer> NEVER = Set.of(400, 413, 422);

  private final HttpClient client;
  private final Config.Sms config;

  private record Answer(int status, String body) {}

  public HttpSmsGateway(Vertx vertx, Config.Sms config) {
    this.config = config;
    int millis = Math.toIntExact(config.timeout().toMillis());
    this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(millis));
  }

  @Override
  public Delivery send(Sms sms) {
    try {
      return outcome(ask(sms).await(config.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Delivery.Later("no answer within " + config.timeout());
    } catch (Exception e) { // await throws the cause as it is; an address may contain the key
      return new Delivery.Later(e.getClass().getSimpleName());
    }
  }

  private Delivery outcome(Answer answer) {
    boolean ok = answer.status() / 100 == 2;
    if (ok && answer.body().contains(config.accepted())) {
      return new Delivery.Sent();
    }
    String reason = "HTTP " + answer.status() + (ok ? " without sms.accepted" : "");
    return NEVER.contains(answer.status())
        ? new Delivery.Refused(reason)
        : new Delivery.Later(reason);
  }

  private Future<Answer> ask(Sms sms) {
    SmsRequest form = new SmsRequest(sms, config.from(), config.key().map(Secret::reveal));
    String body = form.body(config.body(), config.format());
    RequestOptions options =
        new RequestOptions()
            .setMethod(body.isEmpty() ? HttpMethod.GET : HttpMethod.POST)
            .setAbsoluteURI(form.address(config.url()))
            .setTimeout(config.timeout().toMillis());
    return client.request(options).compose(request -> send(request, body)).compose(this::read);
  }

  private Future<HttpClientResponse> send(HttpClientRequest request, String body) {
    if (body.isEmpty()) {
      return request.send();
    }
    request.putHeader(HttpHeaders.CONTENT_TYPE, SmsRequest.contentType(config.format()));
    return request.send(Buffer.buffer(body));
  }

  private Future<Answer> read(HttpClientResponse response) {
    Promise<Answer> complete = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(piece -> {
      body.appendBuffer(piece.slice(0, Math.min(piece.length(), MAX - body.length())));
      if (body.length() == MAX) {
        complete.tryComplete(new Answer(response.statusCode(), body.toString()));
        response.request().connection().close();
      }
    });
    response.exceptionHandler(complete::tryFail);
    response.endHandler(
        _ -> complete.tryComplete(new Answer(response.statusCode(), body.toString())));
    return complete.future();
  }

  @Override
  public void close() {
    client.close();
  }
}
