package io.tamas.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// The files of the console, as they are served.
@InTheLab
class ConsoleIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  @Test
  void theServerLeadsToTheConsoleByARelativeAddress(Lab lab) throws Exception {
    for (String path : List.of("/", "/console")) {
      HttpResponse<byte[]> answer = get(lab, path);
      assertEquals(302, answer.statusCode());
      assertEquals("console/", header(answer, "location"));
    }
    assertEquals(404, get(lab, "/other").statusCode());
    assertEquals(404, get(lab, "/console/../tamas.yaml").statusCode());
    assertEquals(404, get(lab, "/console/parts.json").statusCode());
  }

  @Test
  void thePageIsAskedForAgainAndItsPartsAreKept(Lab lab) throws Exception {
    HttpResponse<byte[]> page = get(lab, "/console/");
    assertEquals(200, page.statusCode());
    assertEquals("no-cache", header(page, "cache-control"));
    assertEquals(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + "media-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
            + "form-action 'self'; require-trusted-types-for 'script'; trusted-types lit-html",
        header(page, "content-security-policy"));
    assertEquals(
        304, get(lab, "/console/", "if-none-match", "W/" + header(page, "etag")).statusCode());

    String text = new String(page.body(), StandardCharsets.UTF_8);
    List<String> parts = ASSET.matcher(text).results().map(part -> part.group(1)).toList();
    assertTrue(parts.size() > 3, text);
    for (String part : parts) {
      HttpResponse<byte[]> answer = get(lab, "/console/" + part);
      assertEquals(200, answer.statusCode(), part);
      assertEquals("nosniff", header(answer, "x-content-type-options"));
      if (!part.equals("logo.svg")) {
        assertEquals("public, max-age=31536000, immutable", header(answer, "cache-control"), part);
      }
    }
  }

  @Test
  void whoeverTakesGzipIsGivenIt(Lab lab) throws Exception {
    HttpResponse<byte[]> plain = get(lab, "/console/");
    HttpResponse<byte[]> zipped = get(lab, "/console/", "accept-encoding", "br, gzip;q=0.8");
    assertEquals("gzip", header(zipped, "content-encoding"));
    assertEquals(header(plain, "etag"), header(zipped, "etag"));
    byte[] unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes();
    assertEquals(
        new String(plain.body(), StandardCharsets.UTF_8),
        new String(unzipped, StandardCharsets.UTF_8));
    HttpResponse<byte[]> refused = get(lab, "/console/", "accept-encoding", "gzip;q=0");
    assertEquals(List.of(), refused.headers().allValues("content-encoding"));
  }

  private static HttpResponse<byte[]> get(Lab lab, String path, String... headers)
      throws IOException, InterruptedException {
    URI address = URI.create("http://" + lab.office().address("/").getAuthority() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
