package io.tamas.lab;

import io.tamas.config.Secret;
import io.tamas.lab.RawSip.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The answer to a digest challenge with `qop=auth`: RFC 2617 section 3.2.2.
record DigestAnswer(String user, Secret password) {

  /// The value of `Authorization`.
  String to(Message challenge, String method, String uri) {
    String asked = challenge.header("WWW-Authenticate");
    String realm = quoted("realm", asked);
    String nonce = quoted("nonce", asked);
    String opaque = quoted("opaque", asked);
    String who = md5(user + ":" + realm + ":" + password.reveal());
    String response = md5(who + ":" + nonce + ":00000001:c:auth:" + md5(method + ":" + uri));
    return "Digest username=\"%s\",realm=\"%s\",nonce=\"%s\",uri=\"%s\",response=\"%s\",opaque=\"%s\",algorithm=MD5,qop=auth,nc=00000001,cnonce=\"c\""
        .formatted(user, realm, nonce, uri, response, opaque);
  }

  private static String quoted(String name, String header) {
    Matcher matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(header);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String md5(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
