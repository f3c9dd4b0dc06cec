package io.tamas.user;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Somebody's browser at the pages of Keycloak: it keeps cookies, follows where it is sent, and
/// fills in what it is asked for.
final class KeycloakBrowser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
  private static final int MOST_HOPS = 5;

  private final URI keycloak;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /// What it shows, or where it was sent beyond Keycloak.
  ///
  /// @param away an address that is not Keycloak's
  record Shown(Optional<String> away, String page) {
    boolean says(String text) {
      return page.contains(text);
    }

    boolean asksForPassword() {
      return page.contains("name=\"password\"");
    }
  }

  KeycloakBrowser(Keycloak keycloak) {
    this.keycloak = URI.create(keycloak.issuer());
  }

  Shown opens(String address) throws Exception {
    return follow(HttpRequest.newBuilder(URI.create(address)).GET());
  }

  /// Sends the form of a page, with what it has hidden in it.
  Shown fillsIn(Shown shown, Map<String, String> fields) throws Exception {
    Map<String, String> form = new LinkedHashMap<>();
    Matcher hidden = HIDDEN.matcher(shown.page());
    while (hidden.find()) {
      form.put(hidden.group(1), hidden.group(2));
    }
    form.putAll(fields);
    Matcher action = FORM.matcher(shown.page());
    if (!action.find()) {
      throw new AssertionError("no form: " + shown.page());
    }
    URI to = keycloak.resolve(action.group(1).replace("&amp;", "&"));
    return follow(
        HttpRequest.newBuilder(to)
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(FakeIssuer.form(form))));
  }

  private Shown follow(HttpRequest.Builder first) throws Exception {
    HttpRequest.Builder request = first;
    for (int hop = 0; hop < MOST_HOPS; hop++) {
      HttpResponse<String> answer = send(request);
      Optional<String> location = answer.headers().firstValue("location");
      if (location.isEmpty()) {
        return new Shown(Optional.empty(), answer.body());
      }
      URI to = answer.uri().resolve(location.get());
      if (!keycloak.getAuthority().equals(to.getAuthority())) {
        return new Shown(Optional.of(to.toString()), "");
      }
      request = HttpRequest.newBuilder(to).GET();
    }
    throw new AssertionError("sent on for ever");
  }

  /// Browsers send cookies that are for TLS only to loopback without it, too.
  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!cookies.isEmpty()) {
      request.header(
          "cookie",
          cookies.entrySet().stream()
              .map(one -> one.getKey() + "=" + one.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> answer =
        http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    answer.headers().allValues("set-cookie").forEach(this::keep);
    return answer;
  }

  private void keep(String header) {
    String pair = header.replaceFirst(";.*", "");
    String name = pair.replaceFirst("=.*", "");
    String value = pair.substring(name.length() + 1);
    if (value.isEmpty() || header.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      cookies.put(name, value);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
