package io.tamas.asterisk.ari;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// A request of ARI.
///
/// @param uri without a leading `/` and already escaped, such as `deviceStates/PJSIP%2F101`
/// @param body written as JSON
public record AriRequest(
    Method method, String uri, Map<String, String> query, Optional<Object> body) {

  public enum Method {
    GET,
    PUT,
    POST,
    DELETE
  }

  public AriRequest {
    if (uri.startsWith("/")) {
      throw new IllegalArgumentException("Asterisk answers 405 to a leading slash: " + uri);
    }
    query = Map.copyOf(query);
  }

  public static AriRequest get(String uri) {
    return new AriRequest(Method.GET, uri, Map.of(), Optional.empty());
  }

  public static AriRequest get(String uri, Map<String, String> query) {
    return new AriRequest(Method.GET, uri, query, Optional.empty());
  }

  public static AriRequest put(String uri, Object body) {
    return new AriRequest(Method.PUT, uri, Map.of(), Optional.of(body));
  }

  public static AriRequest post(String uri, Map<String, String> query) {
    return new AriRequest(Method.POST, uri, query, Optional.empty());
  }

  public static AriRequest delete(String uri) {
    return new AriRequest(Method.DELETE, uri, Map.of(), Optional.empty());
  }

  public static AriRequest delete(String uri, Map<String, String> query) {
    return new AriRequest(Method.DELETE, uri, query, Optional.empty());
  }

  /// The URI of a channel.
  ///
  /// @param id the unique id of the channel
  public static String channel(String id) {
    return "channels/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
  }

  /// The message for the socket (`RESTRequest` in Asterisk's `ari/ari_websocket_requests.c`).
  String message(String id) {
    ObjectNode message = Json.mapper().createObjectNode();
    message.put("type", "RESTRequest");
    message.put("transaction_id", id);
    message.put("request_id", id);
    message.put("method", method.name());
    message.put("uri", uri);
    if (!query.isEmpty()) {
      ArrayNode strings = message.putArray("query_strings");
      query.forEach((name, value) -> strings.addObject().put("name", name).put("value", value));
    }
    body.ifPresent(value -> {
      message.put("content_type", "application/json");
      message.put("message_body", Json.write(value));
    });
    return Json.write(message);
  }
}
