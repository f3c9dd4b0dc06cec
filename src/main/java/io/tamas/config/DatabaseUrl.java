package io.tamas.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where PostgreSQL is, as it is written everywhere: user and password may stand in it, and go
/// before those that are given apart.
///
/// @param address `postgresql://host:port/name`, which can be logged
public record DatabaseUrl(String address, Optional<String> user, Optional<Secret> password) {
  public static final String FORM =
      "postgresql://user:password@host:port/name, in which user, password and port may be missing";

  private static final int PORT = 5432;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_PASSWORD = 200;
  private static final Pattern SCHEME = Pattern.compile("postgres(ql)?");
  private static final Pattern HOST =
      Pattern.compile("\\[[0-9A-Fa-f:]+]|[A-Za-z0-9][A-Za-z0-9.-]{0,252}");
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9_-]{1,63}");

  /// Empty if it is none.
  public static Optional<DatabaseUrl> parse(String text) {
    try {
      URI uri = new URI(text.replaceFirst("^jdbc:", ""));
      return isComplete(uri) ? Optional.of(of(uri)).filter(DatabaseUrl::hasRightLogin) : none();
    } catch (URISyntaxException e) {
      return none();
    }
  }

  private static Optional<DatabaseUrl> none() {
    return Optional.empty();
  }

  /// Parameters, such as of libpq, are none: they would be without effect.
  private static boolean isComplete(URI uri) {
    return uri.getScheme() != null
        && SCHEME.matcher(uri.getScheme()).matches()
        && uri.getHost() != null
        && HOST.matcher(uri.getHost()).matches()
        && uri.getPort() <= MAX_PORT
        && PATH.matcher(uri.getPath()).matches()
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  private static DatabaseUrl of(URI uri) {
    String[] login = Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2);
    int port = uri.getPort() < 0 ? PORT : uri.getPort();
    return new DatabaseUrl(
        "postgresql://" + uri.getHost() + ":" + port + uri.getPath(),
        Optional.of(login[0]).filter(user -> !user.isEmpty()),
        login.length == 2 && !login[1].isEmpty()
            ? Optional.of(new Secret(login[1]))
            : Optional.empty());
  }

  private static boolean hasRightLogin(DatabaseUrl url) {
    return url.user.filter(user -> !TextRule.USER.isMet().test(user)).isEmpty()
        && url.password.map(Secret::reveal).filter(text -> !isPassword(text)).isEmpty();
  }

  private static boolean isPassword(String text) {
    return text.length() <= MAX_PASSWORD && text.chars().noneMatch(Character::isISOControl);
  }
}
