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

/// Sends by a request to an SMS panel: which request, and what it answers, the configuration says.
public final class HttpSmsGateway implements SmsGateway, AutoCloseable {
  /// Of an answer, in bytes: what follows is not read.
  private static final int MOST = 65_536;

  /// What an answer says of the message itself. Any other failure may be over in an hour: a wrong
  /// key, an account that is empty, a server that is away.
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
    } catch (Exception e) { // await throws the cause as it is; an address may hold the key
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
    Promise<Answer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(piece -> {
      body.appendBuffer(piece.slice(0, Math.min(piece.length(), MOST - body.length())));
      if (body.length() == MOST) {
        whole.tryComplete(new Answer(response.statusCode(), body.toString()));
        response.request().connection().close();
      }
    });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(_ -> whole.tryComplete(new Answer(response.statusCode(), body.toString())));
    return whole.future();
  }

  @Override
  public void close() {
    client.close();
  }
}
